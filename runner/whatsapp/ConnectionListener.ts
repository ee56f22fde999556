import type { IncomingMessage, StatusChange } from '../messages/IncomingMessage';
import type { JournalKey } from '../messages/JournalKey';
import type { SentCopy } from '../messages/SentCopy';
import type { Author, ChatPlace } from '../messages/whoWrote';
import type { Statement } from '../storage/Statement';
import type { CloseReason } from './closeReason';
import type { PeopleListener } from './people/capturePeople';

/** Rows for the commit that precedes the receipt, and what to do once they are on disk. */
export interface Staged {
	statements: Statement[];
	announce?: () => void;
}

/**
 * Who hears of what happens on a connection. Functions that return `Staged` are called inside the
 * commit barrier: they must be synchronous, and must not throw.
 */
export interface ConnectionListener {
	/** Writes down what is heard of people, chats and groups. */
	people: PeopleListener;
	/** Whether this message is in the journal already: then it is receipted and goes no further. */
	hasJournalled(key: JournalKey): boolean;
	onMessage(message: IncomingMessage): Staged;
	/** One that cannot be decrypted, and was asked for again. */
	onUndecryptable(message: IncomingMessage): Staged;
	/** Serialised `proto.Message` of this chat, and of this author if one is named; undefined when it is not known. */
	storedContent(messageId: string, place: ChatPlace, author?: Author): Uint8Array | undefined;
	onStatus(change: StatusChange): Staged | undefined;
	/** WhatsApp's server has taken a message, or refused it with a code; `address` is where it was sent to. */
	onServerAck(
		messageId: string,
		errorCode: string | null,
		address: string | null,
	): Staged | undefined;
	/** The effects of a protocol message are complete. */
	onProtocolDone(key: JournalKey): Staged;
	/** Protocol messages of an earlier connection whose effects may not be complete. */
	unfinishedProtocol(): Array<{ key: JournalKey; content: Uint8Array }>;
	/** A message from here, for phones that ask for it again; undefined when it is not known. */
	copyOf(messageId: string): SentCopy | undefined;
	onQrCode(qr: string, expiresAt: number): void;
	/** WhatsApp asks for the passkey of the account; QR codes shown so far no longer link. */
	onPasskey(): void;
	/** A phone has accepted this device. */
	onLinked(): void;
	onOpen(account: { number: string | null; pushName: string | null }): void;
	/** The last call. All that was staged is on disk, or `storageError` says why not. */
	onClose(reason: CloseReason, storageError?: Error): void;
}
