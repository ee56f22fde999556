import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { UploadedMedia } from '../media/uploadMedia';

/** Puts where the uploaded file lies, and its key, into a serialised message. */
export function addUploadedMedia(content: Uint8Array, media: UploadedMedia): Uint8Array {
	const message = proto.Message.decode(content);
	// The same object as in `message`, below its wrappers.
	const inner = normalizeMessageContent(message);
	const part =
		inner?.imageMessage ??
		inner?.videoMessage ??
		inner?.audioMessage ??
		inner?.documentMessage ??
		inner?.stickerMessage;
	if (!part) throw new Error('There is no file in this message.');
	Object.assign(part, media);
	return proto.Message.encode(message).finish();
}
