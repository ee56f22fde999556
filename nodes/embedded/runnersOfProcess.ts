import type { PublishedRunner } from '../../contract';

/**
 * What copies of this code in one process know of each other: n8n loads an update of the package beside
 * the version before. Later versions read what this one leaves here, so it never changes.
 */
interface Retirable {
	/** Leaves the runner of its data folder to another copy. */
	retire(successor: () => Promise<PublishedRunner>): void;
}

interface Successor extends Retirable {
	find(): Promise<PublishedRunner>;
}

const KEY = Symbol.for('n8n-nodes-api-whatsapp-web.embeddedRunners');

const shared = globalThis as { [KEY]?: Map<string, Retirable> };

const byFolder = (shared[KEY] ??= new Map<string, Retirable>());

/** The data folders that a copy of this code that was loaded before looks after. */
export function listOthers(): string[] {
	return [...byFolder.keys()];
}

/** From now on this one looks after the folder; one of another copy retires. */
export function register(dataDir: string, runner: Successor): void {
	byFolder.get(dataDir)?.retire(() => runner.find());
	byFolder.set(dataDir, runner);
}

export function unregister(dataDir: string, runner: Successor): void {
	if (byFolder.get(dataDir) === runner) byFolder.delete(dataDir);
}
