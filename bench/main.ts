import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { Bench } from './Bench';
import { readOptions } from './readOptions';
import { toReport } from './report/toReport';
import { startWorld } from './world/startWorld';

const BUILT_RUNNER = join(__dirname, '..', 'dist', 'runner', 'main.js');

/** `npm run bench`: the runner beside plain Baileys, against the simulator; prints a table and ends. */
async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	const startedAt = performance.now();
	const machine = {
		cores: availableParallelism(),
		node: process.version,
		load: loadavg()[0] ?? NaN,
	};
	const world = await startWorld(options.seed);
	const bench = new Bench({
		world,
		address: await world.address(),
		options,
		settings: {
			runnerFile: options.runner ? resolve(options.runner) : BUILT_RUNNER,
			profileDir: options.profile ? resolve(options.profile) : undefined,
		},
		progress: (text) => process.stderr.write(`${toSeconds(startedAt)} s: ${text}\n`),
	});
	await bench.run();
	const tookS = toSeconds(startedAt);
	const report = toReport({
		samples: bench.samples,
		options,
		machine: { ...machine, diskMs: bench.diskMs },
		tookS,
	});
	process.stdout.write(`\n${report}\n`, () => process.exit(0));
}

const toSeconds = (sinceMs: number): number => Math.round((performance.now() - sinceMs) / 1000);

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
