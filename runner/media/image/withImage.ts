import type { Sharp as Image } from 'sharp';
import { ApiError } from '../../ApiError';
import type { SealedFile } from '../sealed/SealedFile';
import { SerialQueue } from '../../sessions/SerialQueue';
import { assertDecodable } from './assertDecodable';
import { hasTooManyScans } from './hasTooManyScans';
import { loadSharp } from './loadSharp';

/** What an image is read from. */
export type ImageContent = Pick<SealedFile, 'read'>;

/** Phones take up to 200 megapixels. Formats that are held whole while they are decoded may have fewer. */
const MAX_PIXELS = 200_000_000;

export interface ImageOptions {
	/** All frames of an animation instead of its first. */
	animated?: boolean;
	/** For images that matter less. */
	maxDecodedBytes?: number;
}

/** One image at a time: decoded ones are large, and the file itself is in memory meanwhile. */
const turns = new SerialQueue();

/**
 * Works on an image, upright as its EXIF data say, once it is its turn. Undefined when the image
 * library is missing. Throws `media_invalid` for images that are damaged, cut off or too large.
 */
export async function withImage<T>(
	content: ImageContent,
	work: (image: Image, bytes: Buffer) => Promise<T>,
	{ animated = false, maxDecodedBytes }: ImageOptions = {},
): Promise<T | undefined> {
	const sharp = await loadSharp();
	if (!sharp) return undefined;
	return turns.run(async () => {
		// The library opens files itself, and there is none that it could: what is on the disk is sealed.
		const bytes = await content.read();
		try {
			const image = sharp(bytes, {
				failOn: 'error',
				limitInputPixels: MAX_PIXELS,
				sequentialRead: true,
				animated,
			});
			const facts = await image.metadata();
			assertDecodable(facts, maxDecodedBytes);
			if (facts.format === 'jpeg' && facts.isProgressive && hasTooManyScans(bytes)) {
				throw toTooManyScans();
			}
			return await work(image, bytes);
		} catch (error) {
			throw toImageError(error);
		}
	});
}

function toTooManyScans(): ApiError {
	return new ApiError(
		'media_invalid',
		'The image is a JPEG in more than 100 passes. Save it anew as an ordinary JPEG file, or send it with /api/document.',
	);
}

function toImageError(error: unknown): unknown {
	if (error instanceof ApiError) return error;
	const message = error instanceof Error ? error.message : '';
	if (/pixel limit/i.test(message)) {
		return new ApiError(
			'media_invalid',
			'The image has more than 200 megapixels: make it smaller, or send it with /api/document.',
		);
	}
	return new ApiError(
		'media_invalid',
		'The image is damaged, incomplete or of an unknown format. Save it anew, or send it with /api/document.',
	);
}
