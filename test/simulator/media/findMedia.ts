import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { MEDIA_KINDS, type MediaKind } from './mediaCrypto';

/** The file of a media message: where it is, and what to check it with. */
export interface MediaFile {
	readonly kind: MediaKind;
	readonly directPath: string;
	readonly mediaKey: Uint8Array;
	readonly fileSha256: Uint8Array | null | undefined;
	readonly fileEncSha256: Uint8Array | null | undefined;
}

/** Finds the file of a message, through its wrappers; throws when it has none. */
export function findMedia(message: proto.IMessage): MediaFile {
	const content = normalizeMessageContent(message) ?? {};
	const kind = MEDIA_KINDS.find((one) => content[`${one}Message`]);
	const { directPath, mediaKey, fileSha256, fileEncSha256 } =
		(kind && content[`${kind}Message`]) ?? {};
	if (!kind || !directPath || !mediaKey) throw new Error('The message carries no media file');
	return { kind, directPath, mediaKey, fileSha256, fileEncSha256 };
}
