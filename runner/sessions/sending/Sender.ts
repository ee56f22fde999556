import type { Departure } from '../../messages/Departure';
import type { Outgoing } from '../../messages/Outgoing';
import type { NumberAnswer, RecipientDirectory } from '../../people/RecipientDirectory';

/** The part of a connection that sends. */
export interface Sender {
	/** Brings its file to WhatsApp; gives the message as it can be sent, itself when it is so already. */
	complete(message: Outgoing): Promise<Outgoing>;
	/** Commits the rows before the message leaves. NotSendableError is a verdict on the message. */
	send(message: Outgoing, departure: Departure): Promise<void>;
	/** Shows "typing…" or "recording…" for that long. Never rejects: it is only for show. */
	showTyping(jid: string, state: 'composing' | 'recording', durationMs: number): Promise<void>;
	/** Asks which of these numbers are on WhatsApp; undefined when it does not answer. */
	askNumbers(phones: string[]): Promise<NumberAnswer[] | undefined>;
}

/** Knows, or finds out, whether numbers are on WhatsApp. */
export type RecipientCheck = Pick<RecipientDirectory, 'known' | 'resolve'>;
