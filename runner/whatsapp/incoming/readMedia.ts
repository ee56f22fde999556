import type { proto } from '@whiskeysockets/baileys';
import { TEXT_LIMITS } from '../../limits/limits';
import { toFileName } from '../../media/toFileName';
import type { StoredMedia } from '../../messages/StoredDetails';
import type { Clipper } from './Clipper';
import { toNumber, toWholeNumber } from './numbers';

/** The union of what the kinds with a file have. */
interface MediaPart {
	mimetype?: string | null;
	fileName?: string | null;
	title?: string | null;
	fileSha256?: Uint8Array | null;
	fileLength?: unknown;
	caption?: string | null;
	seconds?: number | null;
	width?: number | null;
	height?: number | null;
}

const SHA256_BYTES = 32;

/** The file of a message; undefined when it has none, or nothing that tells one file from another. */
export function readMedia(content: proto.IMessage, clipper: Clipper): StoredMedia | undefined {
	const found = findPart(content);
	if (found?.part.fileSha256?.length !== SHA256_BYTES) return undefined;
	const { part, mimetype } = found;
	return {
		mimetype: isMimeType(part.mimetype) ? part.mimetype : mimetype,
		// The sender chose it: a path in it must not lead anybody astray who writes the file down.
		fileName: readFileName(part.fileName, clipper) ?? readFileName(part.title, clipper),
		size: toWholeNumber(part.fileLength),
		sha256: Buffer.from(part.fileSha256 ?? []).toString('hex'),
		caption: clipper.textOrNull(part.caption, 'text'),
		seconds: toNumber(part.seconds),
		width: toWholeNumber(part.width) || null,
		height: toWholeNumber(part.height) || null,
	};
}

/** Goes into headers; senders may write anything. */
function isMimeType(text: string | null | undefined): text is string {
	if (!text || text.length > TEXT_LIMITS.name) return false;
	return /^[\w.+-]+\/[\w.+-]+(;[ -~]*)?$/.test(text);
}

function readFileName(name: string | null | undefined, clipper: Clipper): string | null {
	return toFileName(clipper.textOrNull(name, 'name'));
}

/** The type stands for files whose sender names none. */
function findPart(content: proto.IMessage): { part: MediaPart; mimetype: string } | undefined {
	const { imageMessage, videoMessage, ptvMessage, audioMessage, documentMessage, stickerMessage } =
		content;
	const video = videoMessage ?? ptvMessage;
	if (imageMessage) return { part: imageMessage, mimetype: 'image/jpeg' };
	if (video) return { part: video, mimetype: 'video/mp4' };
	if (audioMessage) return { part: audioMessage, mimetype: 'audio/ogg; codecs=opus' };
	if (documentMessage) return { part: documentMessage, mimetype: 'application/octet-stream' };
	if (stickerMessage) return { part: stickerMessage, mimetype: 'image/webp' };
	return undefined;
}
