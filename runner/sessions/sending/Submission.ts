import type { PreparedMessage } from '../../messages/Outgoing';

/** A message to be sent; `prepare` is called once, and not at all for a repeated key. */
export interface Submission {
	/** Where to; for phones the number that was given. */
	jid: string;
	/** Fetches and converts what it takes, and gives the message in WhatsApp's format. */
	prepare: () => Promise<PreparedMessage>;
	/** Whether "typing…" is shown before it leaves. */
	typing: boolean;
	idempotency?: Idempotency;
}

/** A caller's key, with a hash of what it was given for. */
export interface Idempotency {
	key: string;
	bodyHash: string;
}
