import type { proto } from '@whiskeysockets/baileys';
import { createMessageId } from '../accounts/messageIds';
import type { Contact } from '../accounts/Contact';
import { Group } from '../accounts/Group';
import { nowSeconds } from '../stanzas/bigEndian';

/** A message as it stands in a history. */
export interface PastMessage {
	readonly text?: string | undefined;
	/** Any content, instead of a text. */
	readonly message?: proto.IMessage | undefined;
	/** Who wrote it; the owner when left out. */
	readonly from?: Contact | undefined;
	readonly id?: string | undefined;
	/** Seconds since 1970. */
	readonly timestamp?: number | undefined;
}

/** A chat as it stands in a history. */
export interface PastChat {
	readonly with: Contact | Group;
	/** The name in the owner's address book, or the group's subject. */
	readonly savedAs?: string | undefined;
	readonly unread?: number | undefined;
	readonly archived?: boolean | undefined;
	/** Oldest first. */
	readonly messages?: readonly PastMessage[] | undefined;
}

/** A history as a phone hands it to a new client: chats with their names, and the names people show. */
export function toHistory(chats: readonly PastChat[]): Omit<proto.IHistorySync, 'syncType'> {
	const pushnames = chats.flatMap(({ with: other }) =>
		other instanceof Group || !other.name ? [] : [{ id: other.jid, pushname: other.name }],
	);
	return { conversations: chats.map(toConversation), pushnames };
}

function toConversation(chat: PastChat): proto.IConversation {
	const { with: other, savedAs, unread = 0, archived = false, messages = [] } = chat;
	const subject = other instanceof Group ? other.subject : undefined;
	const last = messages.at(-1)?.timestamp ?? nowSeconds();
	return {
		id: other.jid,
		name: savedAs ?? subject,
		...(other instanceof Group ? {} : toOtherName(other)),
		unreadCount: unread,
		archived,
		conversationTimestamp: last,
		// Newest first, as WhatsApp has them.
		messages: messages.map((past) => ({ message: toWebMessage(other, past) })).reverse(),
	};
}

/** The name under which the chat does not stand. */
const toOtherName = (
	contact: Contact,
): proto.IConversation | { pnJid?: string; lidJid?: string } =>
	contact.addressing === 'lid'
		? contact.hidesNumber
			? {}
			: { pnJid: contact.pn }
		: { lidJid: contact.lid };

function toWebMessage(other: Contact | Group, past: PastMessage): proto.IWebMessageInfo {
	const { from, id = createMessageId(), timestamp = nowSeconds(), text, message } = past;
	const participant = from && other instanceof Group ? other.jidOf(from) : undefined;
	return {
		key: { remoteJid: other.jid, fromMe: !from, id, participant },
		message: message ?? { conversation: text ?? '' },
		messageTimestamp: timestamp,
		participant,
		pushName: from?.name,
	};
}
