import type { Readable } from 'node:stream';
import { ApiError } from '../../ApiError';
import { toFetchError } from './toFetchError';

/**
 * The chunks of a body, unless it is silent for `idleMs` or takes longer than `totalMs`. Fails with
 * `media_fetch_failed`, also when the connection breaks off half-way.
 */
export async function* withTimeLimits(
	body: Readable,
	{ idleMs, totalMs }: { idleMs: number; totalMs: number },
): AsyncGenerator<Buffer> {
	const giveUp = (hint: string) => () => body.destroy(new ApiError('media_fetch_failed', hint));
	const total = setTimeout(giveUp('The server sends the file too slowly.'), totalMs);
	const startIdle = () =>
		setTimeout(giveUp(`The server has been silent for ${idleMs / 1000} s.`), idleMs);
	let idle = startIdle();
	try {
		for await (const chunk of body) {
			// While the chunk is being written it is not the server who keeps us waiting.
			clearTimeout(idle);
			yield chunk as Buffer;
			idle = startIdle();
		}
	} catch (error) {
		throw toFetchError(error);
	} finally {
		clearTimeout(idle);
		clearTimeout(total);
		body.destroy();
	}
}
