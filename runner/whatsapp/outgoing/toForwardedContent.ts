import { randomBytes } from 'node:crypto';
import { getContentType, normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { PreparedMessage } from '../../messages/Outgoing';
import type { StoredMessage } from '../../messages/StoredMessage';

/**
 * The same content once more, marked as forwarded. Files stay where they are at WhatsApp; quotes, secrets
 * and sender keys stay behind.
 */
export function toForwardedContent(
	original: StoredMessage,
): Omit<PreparedMessage, 'content'> & { message: proto.IMessage } {
	const { type, text, details, content } = original;
	if (!content) throw new Error('The content of this message is not kept.');
	// Neither what it answered nor whom it named goes along.
	const kept = { ...details };
	delete kept.quoted;
	delete kept.mentions;
	delete kept.mentionsMe;
	delete kept.late;
	const part = toForwardable(normalizeMessageContent(proto.Message.decode(content)) ?? {});
	markForwarded(part, original.key.isFromMe);
	return {
		type,
		text,
		details: { ...kept, forwarded: true },
		message: {
			...wrapCaption(part),
			messageContextInfo: { messageSecret: randomBytes(32) },
		},
	};
}

/** The part that says something. A bare text becomes one that has a place for the mark. */
function toForwardable(message: proto.IMessage): proto.IMessage {
	const kind = getContentType(message);
	if (!kind) throw new Error('There is nothing in this message that could be forwarded.');
	const { conversation } = message;
	return conversation ? { extendedTextMessage: { text: conversation } } : { [kind]: message[kind] };
}

/** What one wrote oneself is not marked the first time, as on phones. */
function markForwarded(message: proto.IMessage, isOwn: boolean): void {
	for (const part of Object.values(message) as Array<{ contextInfo?: proto.IContextInfo | null }>) {
		const score = (part.contextInfo?.forwardingScore ?? 0) + (isOwn ? 0 : 1);
		part.contextInfo = score > 0 ? { forwardingScore: score, isForwarded: true } : {};
	}
}

/** Phones show the caption of a document only in its wrapper. */
function wrapCaption(message: proto.IMessage): proto.IMessage {
	return message.documentMessage?.caption ? { documentWithCaptionMessage: { message } } : message;
}
