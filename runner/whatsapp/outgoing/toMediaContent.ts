import { randomBytes } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import type { MediaDraft } from '../../messages/Draft';
import type { PreparedMessage } from '../../messages/Outgoing';
import type { StoredMedia } from '../../messages/StoredDetails';

/** A message with a file, without the place where the file will lie. */
export function toMediaContent(
	draft: MediaDraft,
): Omit<PreparedMessage, 'content'> & { message: proto.IMessage } {
	const { kind, sha256, caption, viewOnce } = draft;
	const part = toPart(draft);
	return {
		type: kind,
		text: caption,
		details: { media: toStoredMedia(draft), ...(viewOnce ? { viewOnce: true as const } : {}) },
		upload: { sha256, kind },
		message: {
			...(viewOnce ? toViewOnce(kind, part) : part),
			messageContextInfo: { messageSecret: randomBytes(32) },
		},
	};
}

function toPart(draft: MediaDraft): proto.IMessage {
	const { mimetype, caption, seconds, width, height, thumbnail, viewOnce } = draft;
	const file = { mimetype, ...(viewOnce ? { viewOnce } : {}) };
	const picture = { ...file, caption: caption || null, width, height, jpegThumbnail: thumbnail };
	switch (draft.kind) {
		case 'image':
			return { imageMessage: picture };
		case 'video':
			return { videoMessage: { ...picture, seconds, gifPlayback: draft.gif } };
		case 'audio':
			return { audioMessage: { ...file, seconds, ptt: false } };
		case 'voice':
			return { audioMessage: { ...file, seconds, ptt: true, waveform: draft.waveform } };
		case 'sticker':
			return { stickerMessage: { mimetype, width, height, isAnimated: draft.animated } };
		case 'document':
			return toDocument(draft);
	}
}

/** Phones show the caption of a document only in its wrapper. */
function toDocument({ mimetype, fileName, caption, thumbnail, pages }: MediaDraft): proto.IMessage {
	const title = fileName ?? 'file';
	const documentMessage = {
		mimetype,
		fileName: title,
		title,
		jpegThumbnail: thumbnail,
		pageCount: pages,
		...(caption ? { caption } : {}),
	};
	return caption
		? { documentWithCaptionMessage: { message: { documentMessage } } }
		: { documentMessage };
}

/** Voice notes have a wrapper of their own. */
function toViewOnce(kind: MediaDraft['kind'], message: proto.IMessage): proto.IMessage {
	return kind === 'voice' || kind === 'audio'
		? { viewOnceMessageV2Extension: { message } }
		: { viewOnceMessageV2: { message } };
}

function toStoredMedia(draft: MediaDraft): StoredMedia {
	const { mimetype, fileName, sizeBytes, sha256, caption, seconds, width, height } = draft;
	return {
		mimetype,
		fileName,
		size: sizeBytes,
		sha256,
		caption: caption || null,
		seconds,
		width,
		height,
	};
}
