import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import { readPoll } from '../contents/polls';

/** Points at a message of either side: a `ReceivedMessage`, or id, author and text of one. */
export interface MessageReference {
	readonly id: string;
	/** Who wrote it; the account owner when left out. */
	readonly authorJid?: string | undefined;
	readonly message?: proto.IMessage | undefined;
}

/** A link preview as it stands in a text. */
export interface LinkPreview {
	readonly url: string;
	readonly title?: string | undefined;
	readonly description?: string | undefined;
}

/** Where and by whom a message is referred to. */
export interface ReferenceFrame {
	/** The chat as the sender of the reference sees it. */
	readonly chatJid: string;
	/** The author of a message that names none: the account owner. */
	readonly ownerJid: string;
	/** Who refers. */
	readonly selfJid: string;
	readonly isGroup: boolean;
}

const { Type } = proto.Message.ProtocolMessage;

/** A text, with a link preview if there is one. */
export function toTextContent(text: string, preview?: LinkPreview): proto.IMessage {
	if (!preview) return { conversation: text };
	const { url, title, description } = preview;
	return { extendedTextMessage: { text, matchedText: url, title, description } };
}

/** The key with which someone refers to a message of either side. */
export function toReference(to: MessageReference, frame: ReferenceFrame): proto.IMessageKey {
	const author = to.authorJid ?? frame.ownerJid;
	return {
		remoteJid: frame.chatJid,
		id: to.id,
		fromMe: author === frame.selfJid,
		...(frame.isGroup && { participant: author }),
	};
}

/** A reaction; "" takes it back. */
export function toReactionContent(
	to: MessageReference,
	emoji: string,
	frame: ReferenceFrame,
): proto.IMessage {
	return {
		reactionMessage: {
			key: toReference(to, frame),
			text: emoji,
			senderTimestampMs: Date.now(),
		},
	};
}

/** Another text for an own message. */
export function toEditContent(id: string, text: string, frame: ReferenceFrame): proto.IMessage {
	return {
		protocolMessage: {
			key: toOwnKey(id, frame),
			type: Type.MESSAGE_EDIT,
			editedMessage: { conversation: text },
			timestampMs: Date.now(),
		},
	};
}

/** Deletes an own message for everyone. */
export function toRevokeContent(id: string, frame: ReferenceFrame): proto.IMessage {
	return { protocolMessage: { key: toOwnKey(id, frame), type: Type.REVOKE } };
}

/** The `<message type>` that goes with a content. */
export function toStanzaType(message: proto.IMessage): string {
	const content = normalizeMessageContent(message) ?? {};
	if (content.reactionMessage) return 'reaction';
	if (readPoll(content) || content.pollUpdateMessage) return 'poll';
	if (content.eventMessage) return 'event';
	const hasMedia =
		content.imageMessage ||
		content.videoMessage ||
		content.audioMessage ||
		content.ptvMessage ||
		content.documentMessage ||
		content.stickerMessage ||
		content.contactMessage ||
		content.contactsArrayMessage ||
		content.locationMessage ||
		content.liveLocationMessage ||
		content.listResponseMessage ||
		content.buttonsResponseMessage ||
		content.productMessage ||
		content.groupInviteMessage;
	return hasMedia ? 'media' : 'text';
}

const toOwnKey = (id: string, frame: ReferenceFrame): proto.IMessageKey => ({
	remoteJid: frame.chatJid,
	id,
	fromMe: true,
	...(frame.isGroup && { participant: frame.selfJid }),
});
