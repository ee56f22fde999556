import { withImage, type ImageContent, type ImageOptions, type ImageWork } from './withImage';

const WIDTH_PX = 72;
const MAX_HEIGHT_PX = 720;
const QUALITY = 50;

/** A small JPEG, with the size of the whole image in pixels as it is shown. */
export interface Thumbnail {
	jpeg: Uint8Array;
	width: number;
	height: number;
}

/**
 * A thumbnail 72 px wide. Undefined when the image library is missing. Reads the image to its end, so
 * that a damaged one is found out: throws `media_invalid`.
 */
export function toThumbnail(
	content: ImageContent,
	options: ImageOptions = {},
): Promise<Thumbnail | undefined> {
	return withImage(content, shrink, options);
}

async function shrink({ image, limit }: ImageWork): Promise<Thumbnail> {
	const { autoOrient } = await image.metadata();
	const jpeg = await limit(image)
		.autoOrient()
		.resize({ width: WIDTH_PX, height: MAX_HEIGHT_PX, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: 'white' })
		.jpeg({ quality: QUALITY })
		.toBuffer();
	return { jpeg, width: autoOrient.width, height: autoOrient.height };
}
