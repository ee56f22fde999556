import { decodeMessageNode, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { JournalKey } from '../../messages/JournalKey';
import type { OwnIdentity } from '../stanzaKey';
import type { ReadContext } from './ReadContext';
import { toIncomingMessage } from './toIncomingMessage';

/**
 * What can be said of a message whose content never came: WhatsApp withholds what may be opened once
 * from linked devices, and what cannot be decrypted for good is not sent again.
 */
export function toUnreadMessage(
	node: BinaryNode,
	key: JournalKey,
	me: OwnIdentity,
	context: ReadContext,
): IncomingMessage {
	const fullMessage = readEnvelope(node, key, me);
	const isViewOnce = readUnavailable(node)?.startsWith('view_once') === true;
	return isViewOnce
		? toWithheldMessage(fullMessage, key, context)
		: toUndecryptable(toIncomingMessage(fullMessage, key, context));
}

/** A view-once message of which a linked device is only told. */
export function toWithheldMessage(
	message: WAMessage,
	key: JournalKey,
	context: ReadContext,
): IncomingMessage {
	return toIncomingMessage({ ...message, message: { viewOnceMessage: {} } }, key, context);
}

/** There is no word for it among WhatsApp's kinds. */
export function toUndecryptable(message: IncomingMessage): IncomingMessage {
	return { ...message, details: { ...message.details, kind: 'undecryptable' } };
}

function readEnvelope(node: BinaryNode, key: JournalKey, me: OwnIdentity): WAMessage {
	try {
		return decodeMessageNode(node, me.id, me.lid ?? '').fullMessage;
	} catch {
		// Baileys has refused the envelope itself: what is left is where it stands.
		const { messageId: id, chat: remoteJid, participant, isFromMe: fromMe } = key;
		return { key: { id, remoteJid, participant, fromMe } };
	}
}

function readUnavailable({ content }: BinaryNode): string | undefined {
	if (!Array.isArray(content)) return undefined;
	return content.find(({ tag }) => tag === 'unavailable')?.attrs.type;
}
