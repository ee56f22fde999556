import type { Sharp as Image } from 'sharp';
import { ApiError } from '../../ApiError';
import type { SealedFile } from '../sealed/SealedFile';
import { ANYBODY, FairTurns, type Turn } from '../../limits/FairTurns';
import { assertDecodable } from './assertDecodable';
import { assertFewFrames, assertOpensQuickly } from './assertFewFrames';
import { hasTooManyScans } from './hasTooManyScans';
import { loadSharp, type Sharp } from './loadSharp';

/** What an image is read from. */
export type ImageContent = Pick<SealedFile, 'read'>;

/** Phones take up to 200 megapixels. Formats that are held whole while they are decoded may have fewer. */
const MAX_PIXELS = 200_000_000;

/** Of one picture, before others get their turn. A phone's largest takes a few. */
const TIME_LIMIT_SECONDS = 30;

export interface ImageOptions {
	/** Whose picture it is. */
	turn?: Turn;
	/** All frames of an animation instead of its first. */
	animated?: boolean;
	/** For images that matter less. */
	maxDecodedBytes?: number;
	timeLimitSeconds?: number;
}

/** An image being worked on. */
export interface ImageWork {
	image: Image;
	bytes: Buffer;
	/** Sets what the library may still take, of the limit for all of it. Throws when nobody wants it any more. */
	limit: (image: Image) => Image;
}

/** One image at a time: decoded ones are large, and the file itself is in memory meanwhile. */
const turns = new FairTurns({ count: 1 });

/**
 * Works on an image, upright as its EXIF data say, once it is its turn. Undefined when the image
 * library is missing. Throws `media_invalid` for images that are damaged, cut off, too large or too slow to
 * read, `rate_limited`, and the signal's reason for what has not begun.
 */
export async function withImage<T>(
	content: ImageContent,
	work: (work: ImageWork) => Promise<T>,
	options: ImageOptions = {},
): Promise<T | undefined> {
	const sharp = await loadSharp();
	if (!sharp) return undefined;
	const { turn = ANYBODY } = options;
	return turns.run(turn, async () => {
		// The library opens files itself, and there is none that it could: what is on the disk is sealed.
		const bytes = await content.read();
		try {
			const image = await open(sharp, bytes, options);
			return await work({ image, bytes, limit: createLimit(turn, options) });
		} catch (error) {
			if (turn.signal?.aborted) throw error;
			throw toImageError(error);
		}
	});
}

async function open(
	sharp: Sharp,
	bytes: Buffer,
	{ animated = false, maxDecodedBytes }: ImageOptions,
): Promise<Image> {
	assertOpensQuickly(bytes);
	const image = sharp(bytes, {
		failOn: 'error',
		limitInputPixels: MAX_PIXELS,
		sequentialRead: true,
		animated,
	});
	const facts = await image.metadata();
	assertDecodable(facts, maxDecodedBytes);
	if (animated) assertFewFrames(facts);
	if (facts.format === 'jpeg' && facts.isProgressive && hasTooManyScans(bytes)) {
		throw toTooManyScans();
	}
	return image;
}

function createLimit(
	{ signal }: Turn,
	{ timeLimitSeconds = TIME_LIMIT_SECONDS }: ImageOptions,
): ImageWork['limit'] {
	const endMs = performance.now() + timeLimitSeconds * 1000;
	return (image) => {
		signal?.throwIfAborted();
		const leftSeconds = Math.ceil((endMs - performance.now()) / 1000);
		if (leftSeconds <= 0) throw toTooSlow();
		return image.timeout({ seconds: leftSeconds });
	};
}

function toTooManyScans(): ApiError {
	return new ApiError(
		'media_invalid',
		'The image is a JPEG in more than 100 passes. Save it anew as an ordinary JPEG file, or send it with /api/document.',
	);
}

function toTooSlow(): ApiError {
	return new ApiError(
		'media_invalid',
		`The image takes longer than ${TIME_LIMIT_SECONDS} s to convert. Make it smaller, with fewer frames if it moves, or send it with /api/document.`,
	);
}

function toImageError(error: unknown): unknown {
	if (error instanceof ApiError) return error;
	const message = error instanceof Error ? error.message : '';
	if (message.startsWith('timeout')) return toTooSlow();
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
