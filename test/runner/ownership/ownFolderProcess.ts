import { acquireOwnership } from '../../../runner/ownership';

/** Run on its own: tries to own the folder named in its first argument, says so and stays. */
try {
	acquireOwnership(process.argv[2] ?? '');
	process.send?.('owned');
	setInterval(() => undefined, 60_000);
} catch (error) {
	process.send?.(error instanceof Error ? error.name : 'unknown');
	process.exitCode = 1;
	process.disconnect();
}
