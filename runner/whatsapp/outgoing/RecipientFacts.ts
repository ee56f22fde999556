import type { ChatAddresses } from '../../people/ChatAddresses';

/** What is known of those who are written to. */
export interface RecipientFacts {
	/** Another spelling of a phone's JID, when WhatsApp is known to use that. */
	spell: (jid: string) => string;
	/** Seconds after which messages to somebody disappear; 0 when they stay. */
	timerOf: (jid: string) => number;
	/** Under which of their names people are written to. */
	addresses: Pick<ChatAddresses, 'of' | 'ofMessage'>;
}
