import type { SenderReference } from '../../contract';
import type { JournalKey } from './JournalKey';

/** A chat as somebody names it: ids of messages are made up by their senders, and only unique within one. */
export interface ChatPlace {
	/** JID of the chat without device. */
	chat: string;
	/** The same as one would send to it: the phone number behind a LID when it is known. */
	number: string;
}

/** The author of a message that somebody speaks of. */
export interface Author {
	isFromMe: boolean;
	/** Every JID the person goes by. */
	names: readonly string[];
}

/** What tells a message from others of the same id. */
export interface Written {
	key: JournalKey;
	number: string;
	sender: Pick<SenderReference, 'phone' | 'lid'>;
}

/** Whether a message stands in this chat, by either of its names. */
export function isSaidInChat({ key, number }: Written, place: ChatPlace): boolean {
	return key.chat === place.chat || number === place.number;
}

/** Whether this person wrote a message; in direct chats there is only one other side. */
export function isWrittenBy({ key, sender }: Written, { isFromMe, names }: Author): boolean {
	if (key.isFromMe || isFromMe) return key.isFromMe === isFromMe;
	if (key.participant === '') return true;
	return toAuthor({ key, sender }).names.some((name) => names.includes(name));
}

/** The author of a message under every name that is known. */
export function toAuthor({ key, sender }: Pick<Written, 'key' | 'sender'>): Author {
	const { phone, lid } = sender;
	const names = [key.participant, phone ? `${phone}@s.whatsapp.net` : null, lid];
	return { isFromMe: key.isFromMe, names: names.flatMap((name) => name || []) };
}

/** Whether two keys are of one message. */
export function isSameKey(one: JournalKey, other: JournalKey): boolean {
	return (
		one.messageId === other.messageId &&
		one.chat === other.chat &&
		one.participant === other.participant &&
		one.isFromMe === other.isFromMe
	);
}
