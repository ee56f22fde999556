import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../../ApiError';

const DECODERS: Record<string, () => Transform> = {
	gzip: createGunzip,
	'x-gzip': createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

/**
 * The plain body of an answer: some servers compress though they were asked not to. How much comes
 * out is counted by whoever reads it. Throws `media_fetch_failed` for encodings we do not know.
 */
export function decodeBody(body: Readable, encoding: unknown): Readable {
	const name = typeof encoding === 'string' ? encoding.trim().toLowerCase() : '';
	if (name === '' || name === 'identity') return body;
	const create = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
	if (!create) {
		throw new ApiError('media_fetch_failed', 'The server compresses the file in an unknown way.');
	}
	const decoder = create();
	// Errors show in the decoder, which is what is read.
	pipeline(body, decoder, () => undefined);
	return decoder;
}
