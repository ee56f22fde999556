import { fetchMedia, type FetchOptions } from '../fetch/fetchMedia';
import { toThumbnail } from '../image/toThumbnail';
import { toTooLarge } from '../writeHashed';

const MAX_IMAGE_BYTES = 5_000_000;
/** Enough for any picture that is made to be shown in previews; these have about a megapixel. */
const MAX_DECODED_BYTES = 100_000_000;
/** Others wait for it, and the text that it belongs to does not wait longer. */
const TIME_LIMIT_SECONDS = 8;

type PictureOptions = Omit<FetchOptions, 'maxBytes'> & { owner: string; signal: AbortSignal };

/**
 * The picture behind an address as a small JPEG. Null when it cannot be had before the signal: a preview
 * without a picture is better than none.
 */
export async function readThumbnail(
	url: string,
	options: PictureOptions,
): Promise<Uint8Array | null> {
	try {
		const { owner, signal } = options;
		const thumbnail = readBytes(url, options).then((bytes) =>
			toThumbnail(
				{ read: async () => bytes },
				{
					maxDecodedBytes: MAX_DECODED_BYTES,
					timeLimitSeconds: TIME_LIMIT_SECONDS,
					turn: { owner, signal },
				},
			),
		);
		return (await orAborted(thumbnail, signal))?.jpeg ?? null;
	} catch {
		// For show alone: whatever is wrong with it must not keep the text from leaving.
		return null;
	}
}

/** In memory: it is not kept, and not large. */
async function readBytes(url: string, options: PictureOptions): Promise<Buffer> {
	const picture = await fetchMedia(url, { ...options, maxBytes: MAX_IMAGE_BYTES });
	try {
		const chunks: Buffer[] = [];
		let sizeBytes = 0;
		for await (const chunk of picture.body as AsyncIterable<Buffer>) {
			sizeBytes += chunk.length;
			if (sizeBytes > MAX_IMAGE_BYTES) throw toTooLarge(MAX_IMAGE_BYTES);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		picture.close();
	}
}

/** A decoder cannot be called off: what it still gives is dropped. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason as Error);
		if (signal.aborted) abort();
		signal.addEventListener('abort', abort, { once: true });
		work.then(resolve, reject);
	});
}
