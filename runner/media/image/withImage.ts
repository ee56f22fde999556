import type { Sharp as Image, SharpOptions } from 'sharp';
import { ApiError } from '../../ApiError';
import { SerialQueue } from '../../sessions/SerialQueue';
import { loadSharp } from './loadSharp';

/** Phones take up to 200 megapixels; beyond, a small file unfolds to gigabytes. */
const MAX_PIXELS = 200_000_000;

/** One image at a time: decoded ones are large. */
const turns = new SerialQueue();

/**
 * Works on an image, upright as its EXIF data say, once it is its turn. Undefined when the image
 * library is missing. Throws `media_invalid` for images that are damaged, cut off or too large.
 */
export async function withImage<T>(
	path: string,
	work: (image: Image) => Promise<T>,
	options: SharpOptions = {},
): Promise<T | undefined> {
	const sharp = await loadSharp();
	if (!sharp) return undefined;
	return turns.run(async () => {
		try {
			return await work(
				sharp(path, {
					failOn: 'error',
					limitInputPixels: MAX_PIXELS,
					sequentialRead: true,
					...options,
				}),
			);
		} catch (error) {
			throw toImageError(error);
		}
	});
}

function toImageError(error: unknown): unknown {
	if (error instanceof ApiError) return error;
	const message = error instanceof Error ? error.message : '';
	if (/pixel limit/i.test(message)) {
		return new ApiError('media_invalid', 'The image has more than 200 megapixels.');
	}
	return new ApiError(
		'media_invalid',
		'The image is damaged, incomplete or of an unknown format. Save it anew, or send it with /api/document.',
	);
}
