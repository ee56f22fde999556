import type { IncomingMessage, StatusChange } from '../messages/IncomingMessage';
import type { JournalKey } from '../messages/JournalKey';
import type { Statement } from '../storage/Statement';
import type { CloseReason } from './closeReason';

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
	/** Whether this message is in the journal already: then it is receipted and goes no further. */
	hasJournalled(key: JournalKey): boolean;
	onMessage(message: IncomingMessage): Staged;
	onStatus(change: StatusChange): Staged | undefined;
	/** WhatsApp's server has taken a message, or refused it with a code. */
	onServerAck(messageId: string, errorCode: string | null): Staged | undefined;
	/** The effects of a protocol message are complete. */
	onProtocolDone(key: JournalKey): Staged;
	/** Protocol messages of an earlier connection whose effects may not be complete. */
	unfinishedProtocol(): Array<{ key: JournalKey; content: Uint8Array }>;
	/** Content of a stored message, for phones that ask for it again. */
	contentOf(messageId: string): string | undefined;
	onQrCode(qr: string, expiresAt: number): void;
	/** A phone has accepted this device. */
	onLinked(): void;
	onOpen(account: { number: string | null; pushName: string | null }): void;
	/** The last call. All that was staged is on disk, or `storageError` says why not. */
	onClose(reason: CloseReason, storageError?: Error): void;
}
