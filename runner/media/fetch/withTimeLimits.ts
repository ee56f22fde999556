import type { Readable } from 'node:stream';
import { ApiError } from '../../ApiError';
import { toFetchError } from './toFetchError';

/**
 * The chunks of a body, unless it is silent for `idleMs` or takes longer than `totalMs`. Fails with
 * `media_fetch_failed`, also when the connection breaks off half-way, or with the signal's reason.
 */
export async function* withTimeLimits(
	body: Readable,
	{ idleMs, totalMs, signal }: { idleMs: number; totalMs: number; signal?: AbortSignal },
): AsyncGenerator<Buffer> {
	const giveUp = (hint: string) => () => body.destroy(new ApiError('media_fetch_failed', hint));
	const total = setTimeout(giveUp('The server sends the file too slowly.'), totalMs);
	const startIdle = () =>
		setTimeout(giveUp(`The server has been silent for ${idleMs / 1000} s.`), idleMs);
	let idle = startIdle();
	const callOff = giveUp('The file is no longer wanted.');
	signal?.addEventListener('abort', callOff, { once: true });
	try {
		signal?.throwIfAborted();
		for await (const chunk of body) {
			// While the chunk is being written it is not the server who keeps us waiting.
			clearTimeout(idle);
			yield chunk as Buffer;
			idle = startIdle();
		}
	} catch (error) {
		signal?.throwIfAborted();
		throw toFetchError(error);
	} finally {
		clearTimeout(idle);
		clearTimeout(total);
		signal?.removeEventListener('abort', callOff);
		body.destroy();
	}
}
