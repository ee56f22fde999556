import type { MediaType } from '@whiskeysockets/baileys';

/** What a media message carries. A voice note is audio to WhatsApp's hosts, a video note is video. */
export type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

/** Where a media message's file is and what it must be, as its proto says: the sender chose all of it. */
export interface MediaPointer {
	kind: MediaKind;
	mediaKey: Uint8Array;
	/** Path on WhatsApp's media hosts. */
	directPath: string | null;
	url: string | null;
	fileSha256: Uint8Array | null;
	/** Of the encrypted file, its authentication code included. */
	fileEncSha256: Uint8Array | null;
	/** Bytes of the plain file. */
	fileLength: number | null;
}

/** Baileys' name for the keys and the upload path of each kind. */
export const BAILEYS_KINDS = {
	image: 'image',
	video: 'video',
	audio: 'audio',
	voice: 'audio',
	document: 'document',
	sticker: 'sticker',
} as const satisfies Record<MediaKind, MediaType>;
