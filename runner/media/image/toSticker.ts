import type { Metadata } from 'sharp';
import { ApiError } from '../../ApiError';
import { readWebpFacts } from './readWebpFacts';
import { withImage, type ImageContent, type ImageOptions, type ImageWork } from './withImage';

const SIDE_PX = 512;
const MAX_STATIC_BYTES = 100_000;
const MAX_ANIMATED_BYTES = 500_000;

/** Tried in turn until the file is small enough. */
const QUALITIES = [85, 70, 50, 30, 10];

export interface Sticker {
	webp: Buffer;
	/** Whether it moves: WhatsApp's message says it too. */
	isAnimated: boolean;
}

/**
 * Makes a sticker: WebP of 512 × 512 px, the whole image on transparent ground, at most 100 KB (500 KB
 * when it moves). A file that is a valid sticker stays as it is. Throws `media_invalid` for what
 * is damaged, `media_not_readable` when it cannot be made small enough or the library is missing.
 */
export async function toSticker(
	content: ImageContent & { sizeBytes: number },
	options: Omit<ImageOptions, 'animated'> = {},
): Promise<Sticker> {
	const sticker = await withImage(
		content,
		async (work) => {
			const { image, bytes } = work;
			const facts = await image.metadata();
			const isAnimated = (facts.pages ?? 1) > 1;
			const maxBytes = toMaxBytes(isAnimated);
			if (!isSticker(facts) || bytes.length > maxBytes) {
				return { webp: await toWebp(work, maxBytes), isAnimated };
			}
			// Read to its end all the same: a damaged sticker is refused here and not by the phone.
			await image.stats();
			return { webp: bytes, isAnimated };
		},
		{ ...options, animated: true },
	);
	return sticker ?? toFinishedSticker(content);
}

/** All that can be done without the image library: a finished sticker needs no conversion. */
async function toFinishedSticker(content: ImageContent & { sizeBytes: number }): Promise<Sticker> {
	if (content.sizeBytes <= MAX_ANIMATED_BYTES) {
		const webp = await content.read();
		const facts = readWebpFacts(webp);
		const isWhole = facts?.width === SIDE_PX && facts.height === SIDE_PX;
		if (isWhole && webp.length <= toMaxBytes(facts.isAnimated)) {
			return { webp, isAnimated: facts.isAnimated };
		}
	}
	throw new ApiError(
		'media_not_readable',
		'Stickers cannot be made of other files on this platform, for which the library sharp has no build: send a WebP file of 512 × 512 pixels and at most 100 KB.',
	);
}

function toMaxBytes(isAnimated: boolean): number {
	return isAnimated ? MAX_ANIMATED_BYTES : MAX_STATIC_BYTES;
}

function isSticker({ format, width, height, pageHeight }: Metadata): boolean {
	return format === 'webp' && width === SIDE_PX && (pageHeight ?? height) === SIDE_PX;
}

async function toWebp({ image, limit }: ImageWork, maxBytes: number): Promise<Buffer> {
	const square = image.autoOrient().resize(SIDE_PX, SIDE_PX, {
		fit: 'contain',
		background: { r: 0, g: 0, b: 0, alpha: 0 },
	});
	for (const quality of QUALITIES) {
		const webp = await limit(square.clone()).webp({ quality, alphaQuality: quality }).toBuffer();
		if (webp.length <= maxBytes) return webp;
	}
	throw new ApiError(
		'media_not_readable',
		`The sticker cannot be made smaller than ${maxBytes / 1000} KB: use a simpler image, or one with fewer frames.`,
	);
}
