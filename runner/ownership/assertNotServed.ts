import { DataFolderOwnedError } from './DataFolderOwnedError';
import { readPublishedEndpoint } from './publishEndpoint';

/** A live runner of this machine answers in milliseconds, a busy one within this. */
const TIMEOUT_MS = 2_000;

/**
 * For whoever is about to take a data folder: the lock decides, but a lock file that was deleted lets
 * everybody in. Throws DataFolderOwnedError when the runner that the folder names is alive; what answers
 * at the address of a dead one started at another time.
 */
export async function assertNotServed(dataDir: string): Promise<void> {
	const published = readPublishedEndpoint(dataDir);
	if (!published?.startedAt) return;
	const startedAt = await askStart(published.url);
	if (startedAt === published.startedAt) throw new DataFolderOwnedError(dataDir, published);
}

/** Undefined when nobody answers, or no runner. */
async function askStart(url: string): Promise<unknown> {
	try {
		const response = await fetch(`${url}/livez`, {
			redirect: 'error',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const { startedAt } = (await response.json()) as { startedAt?: unknown };
		return startedAt;
	} catch {
		return undefined;
	}
}
