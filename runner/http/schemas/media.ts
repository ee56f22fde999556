import { SEND_FIELDS } from './sending';

const FILE = {
	type: 'string',
	description: 'An https URL, base64 or a data URI; in a multipart form, the part with the file.',
} as const;

const CAPTION = { type: 'string' } as const;
const VIEW_ONCE = { type: 'boolean', description: 'Can be opened once on the phone.' } as const;

const MEDIA_FIELDS = {
	...SEND_FIELDS,
	fileName: { type: 'string', minLength: 1, maxLength: 255 },
	mimetype: { type: 'string', pattern: '^[\\w.+-]+/[\\w.+-]+(;.*)?$', maxLength: 255 },
} as const;

export const SEND_IMAGE_BODY = {
	type: 'object',
	required: ['number', 'image'],
	properties: { ...MEDIA_FIELDS, image: FILE, caption: CAPTION, viewOnce: VIEW_ONCE },
} as const;

export const SEND_VIDEO_BODY = {
	type: 'object',
	required: ['number', 'video'],
	properties: {
		...MEDIA_FIELDS,
		video: FILE,
		caption: CAPTION,
		viewOnce: VIEW_ONCE,
		gif: { type: 'boolean', description: 'Plays in a loop and without sound.' },
	},
} as const;

export const SEND_AUDIO_BODY = {
	type: 'object',
	required: ['number', 'audio'],
	properties: {
		...MEDIA_FIELDS,
		audio: FILE,
		voice: { type: 'boolean', description: 'A voice note; other formats are converted.' },
		viewOnce: VIEW_ONCE,
	},
} as const;

export const SEND_DOCUMENT_BODY = {
	type: 'object',
	required: ['number', 'document'],
	properties: { ...MEDIA_FIELDS, document: FILE, caption: CAPTION },
} as const;

export const SEND_STICKER_BODY = {
	type: 'object',
	required: ['number', 'sticker'],
	properties: { ...MEDIA_FIELDS, sticker: FILE },
} as const;
