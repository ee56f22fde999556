import type { proto } from '@whiskeysockets/baileys';
import type { MediaKind, MediaPointer } from './MediaKind';

/** A message's file and what the sender says about it; nothing of it is verified. */
export interface MediaDescription {
	pointer: MediaPointer;
	mimetype: string;
	fileName: string | null;
	seconds: number | null;
	/** Pixels. */
	width: number | null;
	height: number | null;
}

/** The fields that the media messages have in common, and those that only some of them have. */
type MediaMessage = Pick<
	proto.Message.IVideoMessage,
	'mediaKey' | 'directPath' | 'url' | 'fileSha256' | 'fileEncSha256' | 'fileLength' | 'mimetype'
> &
	Pick<proto.Message.IVideoMessage, 'seconds' | 'width' | 'height'> &
	Pick<proto.Message.IDocumentMessage, 'fileName' | 'title'>;

const MIMETYPES: Record<MediaKind, string> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/mpeg',
	voice: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
	sticker: 'image/webp',
};

/** Reads the file of a message that `extractMessageContent` has unwrapped; undefined when it carries none. */
export function toMediaPointer(content: proto.IMessage): MediaDescription | undefined {
	const [kind, message] = findMedia(content) ?? [];
	// Without a key it is a file of a channel, which is not encrypted and not ours to fetch.
	if (!kind || !message?.mediaKey?.length) return undefined;
	return {
		pointer: {
			kind,
			mediaKey: message.mediaKey,
			directPath: message.directPath || null,
			url: message.url || null,
			fileSha256: toBytes(message.fileSha256),
			fileEncSha256: toBytes(message.fileEncSha256),
			fileLength: toCount(message.fileLength),
		},
		mimetype: message.mimetype || MIMETYPES[kind],
		fileName: message.fileName || message.title || null,
		seconds: toCount(message.seconds),
		width: toCount(message.width),
		height: toCount(message.height),
	};
}

function findMedia(content: proto.IMessage): [MediaKind, MediaMessage] | undefined {
	const { imageMessage, audioMessage, documentMessage } = content;
	const videoMessage = content.videoMessage ?? content.ptvMessage;
	// Baileys does not unwrap animated stickers of this newer form.
	const lottie = content.lottieStickerMessage?.message?.stickerMessage;
	const stickerMessage = content.stickerMessage ?? lottie;
	if (imageMessage) return ['image', imageMessage];
	if (videoMessage) return ['video', videoMessage];
	if (audioMessage) return [audioMessage.ptt ? 'voice' : 'audio', audioMessage];
	if (documentMessage) return ['document', documentMessage];
	return stickerMessage ? ['sticker', stickerMessage] : undefined;
}

const toBytes = (bytes: Uint8Array | null | undefined): Uint8Array | null =>
	bytes?.length ? bytes : null;

/** Senders that do not know a number leave it out or write 0. */
const toCount = (count: MediaMessage['fileLength']): number | null => Number(count ?? 0) || null;
