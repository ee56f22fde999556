import type { MessageType, SenderReference } from '../../contract';
import type { JournalKey } from './JournalKey';
import type { StoredDetails } from './StoredDetails';

/** A decrypted message as the rest of the runner knows it, free of Baileys' types. */
export interface IncomingMessage {
	key: JournalKey;
	/** The JID of the chat as users see it: of the phone when it is known, else of the LID, or of the group. */
	chatId: string;
	type: MessageType;
	/** The text, or the caption of media, or "". */
	text: string;
	sentAtMs: number;
	sender: SenderReference;
	/** What one can send to again: phone number, LID's JID while no phone is known, or group id. */
	number: string;
	isGroup: boolean;
	details: StoredDetails;
	linkPreview: { title: string | null; url: string | null };
	groupInvite: string | null;
	/** False for what only keeps the protocol going: it is journalled, but nobody is told. */
	isForReceivers: boolean;
	/** Serialised `proto.Message`, for quoting, forwarding, votes and downloads. */
	content: Uint8Array | null;
	/** It gives another text to a message that came before; the rest is that message's from then on. */
	edit: MessageEdit | null;
	/**
	 * A message between this account's own devices (history, app state keys): not for receivers, but
	 * its serialised content is kept until its effects are complete.
	 */
	protocol: Uint8Array | null;
}

/** Another text for an earlier message. */
export interface MessageEdit {
	/** The message that is changed. */
	messageId: string;
	/** What that message is from now on, serialised; null when it is not known here. */
	content: Uint8Array | null;
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
	/** JID of who said so in a group, of the phone when it is known; else "". */
	author: string;
	/** WhatsApp's server takes it for the word of an admin of the group. */
	isAdmin: boolean;
	/** Whether this account said so, on this device or another. */
	isFromMe: boolean;
}
