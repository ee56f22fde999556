import { ApiError } from '../../ApiError';
import { withImage, type ImageContent } from './withImage';

const SIDE_PX = 640;

/**
 * A square JPEG of 640 px, cut from the middle. Throws `media_invalid` for what is no image, and
 * `media_not_readable` when the image library is missing.
 */
export async function toProfilePicture(content: ImageContent): Promise<Uint8Array> {
	const jpeg = await withImage(content, (image) =>
		image
			.autoOrient()
			.resize(SIDE_PX, SIDE_PX, { fit: 'cover' })
			.flatten({ background: 'white' })
			.jpeg({ quality: 80 })
			.toBuffer(),
	);
	if (jpeg) return jpeg;
	throw new ApiError(
		'media_not_readable',
		'Pictures cannot be converted on this platform: the library sharp has no build for it.',
	);
}
