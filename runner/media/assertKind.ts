import { ApiError } from '../ApiError';

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** What WhatsApp shows as such, or what is converted to it on the way; documents may be anything. */
const ACCEPTED: Record<
	Exclude<MediaKind, 'document'>,
	{ types: readonly string[]; say: string }
> = {
	image: {
		types: [
			'image/jpeg',
			'image/png',
			'image/webp',
			'image/gif',
			'image/heic',
			'image/heif',
			'image/avif',
			'image/tiff',
			'image/bmp',
		],
		say: 'JPEG, PNG, WebP, GIF, AVIF and TIFF files',
	},
	video: {
		types: ['video/mp4', 'video/3gpp', 'video/quicktime'],
		say: 'MP4, 3GP and MOV files',
	},
	audio: {
		types: [
			'audio/ogg',
			'audio/opus',
			'audio/mpeg',
			'audio/mp4',
			'audio/aac',
			'audio/amr',
			'audio/wav',
		],
		say: 'MP3, M4A, AAC, OGG, AMR and WAV files',
	},
	sticker: {
		types: ['image/webp', 'image/png', 'image/jpeg', 'image/gif'],
		say: 'WebP, PNG, JPEG and GIF files',
	},
};

/** Throws `media_invalid` when a file is not of the kind a route sends; the hint names the right one. */
export function assertKind(kind: MediaKind, type: { mimetype: string }): void {
	if (kind === 'document') return;
	const mimetype = type.mimetype.split(';', 1)[0] ?? '';
	const { types, say } = ACCEPTED[kind];
	if (types.includes(mimetype)) return;
	throw new ApiError(
		'media_invalid',
		`This is ${mimetype}, and /api/${kind} takes ${say}; send it with ${toRoute(mimetype)}.`,
	);
}

function toRoute(mimetype: string): string {
	const fitting = (['image', 'video', 'audio'] as const).find((kind) =>
		ACCEPTED[kind].types.includes(mimetype),
	);
	return `/api/${fitting ?? 'document'}`;
}
