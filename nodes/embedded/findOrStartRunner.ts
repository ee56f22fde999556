import { join } from 'node:path';
import { EmbeddedRunner } from './EmbeddedRunner';
import { readOwnBuild } from './OwnBuild';
import { readDataDir } from './readDataDir';
import { readAdminKey } from './readRunnerFiles';
import { listOthers, register, unregister } from './runnersOfProcess';

/** Where the embedded runner is, and the key that opens it. `url` has no slash at its end. */
export interface RunnerEndpoint {
	url: string;
	adminKey: string;
}

/** The compiled runner, by its path: n8n installs community packages without their bins. */
const MAIN_FILE = join(__dirname, '..', '..', 'runner', 'main.js');

const build = readOwnBuild(MAIN_FILE);

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
	const stopping = [...runners].map(async ([dataDir, runner]) => {
		unregister(dataDir, runner);
		await runner.stop();
	});
	runners.clear();
	await Promise.all(stopping);
}

function toRunner(dataDir: string): EmbeddedRunner {
	let runner = runners.get(dataDir);
	if (runner === undefined) {
		runner = new EmbeddedRunner({ dataDir, args: [MAIN_FILE], env: process.env, build });
		runners.set(dataDir, runner);
		register(dataDir, runner);
	}
	return runner;
}

/**
 * n8n has loaded an update of the package into the process that ran the version before: whatever that
 * has going is taken over now, as no node may ask for the runner for days.
 */
for (const dataDir of listOthers()) {
	// Whoever needs the runner next tries again, and is told then.
	toRunner(dataDir)
		.find()
		.catch(() => undefined);
}
