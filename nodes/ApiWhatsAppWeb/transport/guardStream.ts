import type { Readable } from 'node:stream';
import { ApiFailure } from './ApiFailure';

const IDLE_MS = 60_000;

/**
 * Hands a download on while it comes, and ends it with an ApiFailure when it breaks off, stands still,
 * or grows beyond `maxBytes`.
 */
export async function* guardStream(
	source: Readable,
	{ maxBytes = Infinity, idleMs = IDLE_MS } = {},
): AsyncGenerator<Buffer> {
	let bytes = 0;
	const timer = setTimeout(() => source.destroy(toStandstill(idleMs)), idleMs);
	try {
		for await (const chunk of source) {
			timer.refresh();
			const piece = chunk as Buffer;
			bytes += piece.length;
			if (bytes > maxBytes) throw toTooLarge(maxBytes);
			yield piece;
		}
	} catch (error) {
		throw error instanceof ApiFailure ? error : toBreak();
	} finally {
		clearTimeout(timer);
		source.destroy();
	}
}

/** A file beyond what one is ready to take. */
export function toTooLarge(maxBytes: number): ApiFailure {
	return new ApiFailure(`The file is larger than ${Math.floor(maxBytes / 1_000_000)} MB`, {
		hint: 'It can be fetched by its URL, for example with n8n’s HTTP Request node.',
		code: 'media_too_large',
		isRemote: true,
	});
}

function toStandstill(idleMs: number): ApiFailure {
	return new ApiFailure(`Nothing more of the file came for ${Math.round(idleMs / 1000)} s`, {
		hint: 'Try again; check the connection between n8n and the server the file comes from.',
		isRemote: true,
	});
}

function toBreak(): ApiFailure {
	return new ApiFailure('The download broke off before the file was complete', {
		hint: 'Try again; check the connection between n8n and the server the file comes from.',
		isRemote: true,
	});
}
