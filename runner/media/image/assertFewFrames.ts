import type { Metadata } from 'sharp';
import { ApiError } from '../../ApiError';
import { countFrames } from './countFrames';

/** A still of a file with more frames or pages costs more to open than to make. */
const MAX_OPENED_FRAMES = 2_000;

/** WhatsApp shows stickers that move for up to ten seconds: that is 30 frames a second. */
export const MAX_FRAMES = 300;

/**
 * Throws `media_invalid` for an animation of too many frames. Each is made as large as a sticker, so that
 * what the file needs says little: a frame of one pixel takes some 20 bytes.
 */
export function assertFewFrames({ pages = 1 }: Pick<Metadata, 'pages'>): void {
	if (pages <= MAX_FRAMES) return;
	throw new ApiError(
		'media_invalid',
		`The animation has ${pages} frames, and a sticker may have ${MAX_FRAMES}: leave out frames or shorten it, or send it with /api/document.`,
	);
}

/** Throws `media_invalid` for a file of so many frames or pages that opening it takes seconds, whatever is made of it. */
export function assertOpensQuickly(bytes: Buffer): void {
	if (countFrames(bytes, MAX_OPENED_FRAMES + 1) <= MAX_OPENED_FRAMES) return;
	throw new ApiError(
		'media_invalid',
		`The image has more than ${MAX_OPENED_FRAMES} frames or pages: leave some out, or send it with /api/document.`,
	);
}
