import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** Asks another process again and again, until there is an answer. */
export async function waitFor<T>(
	what: string,
	look: () => Promise<T | undefined> | T | undefined,
	timeoutMs = 60_000,
): Promise<T> {
	const giveUpAt = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > giveUpAt) throw new Error(`Waited in vain for ${what}`);
		await delay(POLL_MS);
	}
}
