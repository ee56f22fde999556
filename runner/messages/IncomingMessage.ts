import type { MessageType, QuotedReference } from '../../contract';
import type { JournalKey } from './JournalKey';

/** A decrypted message as the rest of the runner knows it, free of Baileys' types. */
export interface IncomingMessage {
	key: JournalKey;
	type: MessageType;
	/** The text, or the caption of media, or "". */
	text: string;
	sentAtMs: number;
	sender: { phone: string | null; lid: string | null; name: string | null };
	/** What one can send to again: phone number, LID's JID while no phone is known, or group id. */
	number: string;
	isGroup: boolean;
	quoted: QuotedReference | null;
	mentions: string[];
	linkPreview: { title: string | null; url: string | null };
	groupInvite: string | null;
	/** False for what only keeps the protocol going: it is journalled, but nobody is told. */
	isForReceivers: boolean;
	/** Missed while offline, delivered afterwards. */
	isLate: boolean;
	/**
	 * A message between this account's own devices (history, app state keys): not for receivers, but
	 * its serialised content is kept until its effects are complete.
	 */
	protocol: Uint8Array | null;
}

/** A change of a message that was sent from here. */
export interface StatusChange {
	messageId: string;
	status: 'RECEIVED' | 'READ' | 'PLAYED' | 'DELETED' | 'FAILED';
	/** In groups: whose receipt it is. */
	participant: string | null;
	origin: StatusOrigin;
}

/** Where word of a change came from: message ids alone are not unique, and anybody can name one. */
export interface StatusOrigin {
	/** JID of the chat without device. */
	chat: string;
	/** The same as one would send to it: the phone number behind a LID when it is known. */
	number: string;
	/** JID of who said so in a group, else "". */
	author: string;
	/** Whether this account said so, on this device or another. */
	isFromMe: boolean;
}
