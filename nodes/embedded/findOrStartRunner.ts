import { join } from 'node:path';
import { EmbeddedRunner } from './EmbeddedRunner';
import { readDataDir } from './readDataDir';
import { readAdminKey } from './readRunnerFiles';

/** Where the embedded runner is, and the key that opens it. `url` has no slash at its end. */
export interface RunnerEndpoint {
	url: string;
	adminKey: string;
}

/** The compiled runner, by its path: n8n installs community packages without their bins. */
const MAIN_FILE = join(__dirname, '..', '..', 'runner', 'main.js');

const runners = new Map<string, EmbeddedRunner>();

/**
 * The one door to the embedded session runner: finds the live one of this n8n, or starts it.
 * Concurrent calls of a process share one start, concurrent processes are settled by the lock.
 * @throws Error with a remedy when there is none within 20 s.
 */
export async function findOrStartRunner(): Promise<RunnerEndpoint> {
	const dataDir = readDataDir();
	const { url } = await toRunner(dataDir).find();
	return { url, adminKey: readAdminKey(dataDir) };
}

/** Ends what this process has started, for tests and for whoever must leave nothing behind. */
export async function stopEmbeddedRunners(): Promise<void> {
	const stopping = [...runners.values()].map((runner) => runner.stop());
	runners.clear();
	await Promise.all(stopping);
}

function toRunner(dataDir: string): EmbeddedRunner {
	let runner = runners.get(dataDir);
	if (runner === undefined) {
		runner = new EmbeddedRunner({ dataDir, args: [MAIN_FILE], env: process.env });
		runners.set(dataDir, runner);
	}
	return runner;
}
