import { setTimeout as wait } from 'node:timers/promises';

/**
 * Polls `read` until it resolves to something, for what n8n's REST API gives no event for.
 * Rejects after `timeoutMs` with `what` in the message.
 */
export async function waitUntil<T>(
	what: string,
	read: () => Promise<T | undefined> | T | undefined,
	timeoutMs = 30_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const value = await read();
		if (value !== undefined) return value;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
		await wait(200);
	}
}
