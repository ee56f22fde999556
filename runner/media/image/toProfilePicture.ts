import { ApiError } from '../../ApiError';
import type { Turn } from '../../limits/FairTurns';
import { withImage, type ImageContent, type ImageWork } from './withImage';

const SIDE_PX = 640;

/**
 * A square JPEG of 640 px, cut from the middle. Throws `media_invalid` for what is no image, and
 * `media_not_readable` when the image library is missing.
 */
export async function toProfilePicture(content: ImageContent, turn?: Turn): Promise<Uint8Array> {
	const shrink = ({ image, limit }: ImageWork) =>
		limit(image)
			.autoOrient()
			.resize(SIDE_PX, SIDE_PX, { fit: 'cover' })
			.flatten({ background: 'white' })
			.jpeg({ quality: 80 })
			.toBuffer();
	const jpeg = await withImage(content, shrink, { ...(turn && { turn }) });
	if (jpeg) return jpeg;
	throw new ApiError(
		'media_not_readable',
		'Pictures cannot be converted on this platform: the library sharp has no build for it.',
	);
}
