import { Readable } from 'node:stream';
import { ApiError } from '../../ApiError';
import type { Turn } from '../../limits/FairTurns';
import type { MediaFile } from '../MediaFile';
import type { MediaStore } from '../MediaStore';
import { withImage, type ImageWork } from './withImage';

/** What WhatsApp shows as an image; everything else becomes a JPEG. */
const SHOWN = ['image/jpeg', 'image/png'];

/** HEIC and BMP are missing from the library's builds. */
const CONVERTIBLE = ['image/webp', 'image/gif', 'image/avif', 'image/tiff'];

const QUALITY = 90;

/**
 * The image as WhatsApp shows it: JPEG and PNG as they are, others converted to JPEG, transparency on
 * white. Throws `media_invalid` when it is damaged, `media_not_readable` when it cannot be converted.
 */
export async function toWhatsAppImage(
	file: MediaFile,
	store: MediaStore,
	turn?: Turn,
): Promise<MediaFile> {
	if (SHOWN.includes(file.mimetype)) return file;
	if (!CONVERTIBLE.includes(file.mimetype)) throw toNotReadable(file.mimetype);
	const fileName = file.fileName?.replace(/(\.[^.]*)?$/, '.jpg') ?? null;
	const convert = ({ image, limit }: ImageWork) =>
		limit(image)
			.autoOrient()
			.flatten({ background: 'white' })
			.jpeg({ quality: QUALITY })
			.toBuffer();
	const jpeg = await withImage(file.content, convert, { ...(turn && { turn }) });
	if (!jpeg) throw toNotReadable(file.mimetype);
	return store.add(Readable.from([jpeg]), { mimetype: 'image/jpeg', fileName });
}

function toNotReadable(mimetype: string): ApiError {
	return new ApiError(
		'media_not_readable',
		`${mimetype} cannot be converted here: send a JPEG or PNG file, or use /api/document.`,
	);
}
