import type { Metadata } from 'sharp';
import { ApiError } from '../../ApiError';

/** What one picture may need while it is decoded. */
export const MAX_DECODED_BYTES = 512_000_000;

type ImageFacts = Pick<
	Metadata,
	'format' | 'width' | 'height' | 'pageHeight' | 'depth' | 'isProgressive'
>;

/**
 * Bytes per pixel of 8 bits a channel that the library was seen to need at most, conversion included. JPEG
 * and PNG are decoded line by line, unless they were saved to appear by and by: then they are held whole, as all
 * others are.
 */
const BYTES_PER_PIXEL: Record<string, number> = { jpeg: 1, png: 2.5, tiff: 9, gif: 11, webp: 16 };
const BYTES_PER_PIXEL_BY_AND_BY: Record<string, number> = { jpeg: 8, png: 6 };
/** AVIF, and whatever else may come. */
const MOST_BYTES_PER_PIXEL = 20;
/** The frames of an animation lie one below the other while they are made smaller. */
const BYTES_PER_FRAME_PIXEL = 4;

/**
 * Throws `media_invalid` for an image that would take more memory than `maxBytes` once it is unfolded, by
 * what its header says.
 */
export function assertDecodable(facts: ImageFacts, maxBytes = MAX_DECODED_BYTES): void {
	if (toDecodedBytes(facts) <= maxBytes) return;
	const { width, height } = facts;
	const megapixels = Math.ceil((width * height) / 1_000_000);
	throw new ApiError(
		'media_invalid',
		`The image has ${megapixels} megapixels, which is too large for its format (${facts.format}). Make it smaller, save it as an ordinary JPEG file, or send it with /api/document.`,
	);
}

/** How much memory it takes at most to decode an image. */
export function toDecodedBytes(facts: ImageFacts): number {
	const { format, width, height, pageHeight = height, isProgressive = false } = facts;
	const costs = isProgressive
		? { ...BYTES_PER_PIXEL, ...BYTES_PER_PIXEL_BY_AND_BY }
		: BYTES_PER_PIXEL;
	const depthBytes = facts.depth === 'uchar' ? 1 : 2;
	const frame = width * pageHeight * (costs[format] ?? MOST_BYTES_PER_PIXEL);
	const animation = pageHeight < height ? width * height * BYTES_PER_FRAME_PIXEL : 0;
	return depthBytes * (frame + animation);
}
