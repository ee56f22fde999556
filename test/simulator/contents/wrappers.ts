import type { proto } from '@whiskeysockets/baileys';

/** Media that can be seen once, as phones wrap them; audio has a wrapper of its own. */
export const toViewOnce = (message: proto.IMessage): proto.IMessage =>
	message.audioMessage
		? { viewOnceMessageV2Extension: { message: toFlaggedViewOnce(message) } }
		: { viewOnceMessageV2: { message: toFlaggedViewOnce(message) } };

/** Media that can be seen once, said by a flag alone. */
export function toFlaggedViewOnce(message: proto.IMessage): proto.IMessage {
	const { imageMessage, videoMessage, audioMessage, ...rest } = message;
	return {
		...rest,
		...(imageMessage && { imageMessage: { ...imageMessage, viewOnce: true } }),
		...(videoMessage && { videoMessage: { ...videoMessage, viewOnce: true } }),
		...(audioMessage && { audioMessage: { ...audioMessage, viewOnce: true } }),
	};
}

/** A message in a chat whose messages disappear. */
export const toEphemeral = (message: proto.IMessage): proto.IMessage => ({
	ephemeralMessage: { message },
});

/** A document whose caption is shown: phones wrap it. */
export const toDocumentWithCaption = (
	documentMessage: proto.Message.IDocumentMessage,
): proto.IMessage => ({ documentWithCaptionMessage: { message: { documentMessage } } });

/** An edit as some clients wrap it. */
export const toWrappedEdit = (edit: proto.IMessage): proto.IMessage => ({
	editedMessage: { message: edit },
});
