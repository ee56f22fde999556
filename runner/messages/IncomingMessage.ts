import type { MessageType } from '../../contract';
import type { JournalKey } from './JournalKey';
import type { StoredDetails, StoredSender } from './StoredDetails';
import type { Author, ChatPlace } from './whoWrote';

/** A decrypted message as the rest of the runner knows it, free of Baileys' types. */
export interface IncomingMessage {
	key: JournalKey;
	/** The JID of the chat as users see it: of the phone when it is known, else of the LID, or of the group. */
	chatId: string;
	type: MessageType;
	/** The text, or the caption of media, or "". */
	text: string;
	sentAtMs: number;
	sender: StoredSender;
	/** What one can send to again: phone number, LID's JID while no phone is known, or group id. */
	number: string;
	isGroup: boolean;
	details: StoredDetails;
	/** Seconds after which it disappears, where it says so. */
	timerSeconds?: number | undefined;
	linkPreview: { title: string | null; url: string | null };
	groupInvite: string | null;
	/** False for what only keeps the protocol going: it is journalled, but nobody is told. */
	isForReceivers: boolean;
	/** Serialised `proto.Message`, for quoting, forwarding, votes and downloads. */
	content: Uint8Array | null;
	/** It gives another text to a message that came before; the rest is that message's from then on. */
	edit: MessageEdit | null;
	/** Who wrote the message that it quotes, as it says. */
	quotedAuthor?: Author | undefined;
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

/** A change of what is known of a message. */
export interface StatusChange {
	messageId: string;
	status: 'RECEIVED' | 'READ' | 'PLAYED' | 'DELETED' | 'FAILED';
	/** In groups: whose receipt it is. */
	participant: string | null;
	/** Where word of it came from. */
	place: ChatPlace;
	/** Who wrote the message. */
	author: Author;
}
