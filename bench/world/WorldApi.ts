/** The simulated side of one session: a phone and those who write with it. */
export interface LiveAccount {
	/** Names it in further calls. */
	id: number;
	/** Digits of the contacts. */
	contacts: string[];
}

/** How to reach the simulator and the webhook receiver. */
export interface WorldAddress {
	whatsappUrl: string;
	rootKeyHex: string;
	webhookUrl: string;
}

/** What went wrong so far, over all accounts; see the simulator's counters. */
export interface Trouble {
	/** Messages of a gateway that nobody could decrypt. */
	decryptErrors: number;
	/** Messages a gateway could not decrypt and asked for again. */
	retryReceipts: number;
	/** Messages a gateway refused for good. */
	nacks: number;
	/** Webhooks that came twice. */
	duplicateWebhooks: number;
}

/** Messages that were sent to a session and what came of them at the receiver. */
export interface FloodResult {
	/** From the first message written to the last webhook, milliseconds. */
	elapsedMs: number;
	arrived: number;
	lost: number;
}

/** Milliseconds, one entry per message that arrived. */
export interface PacedResult {
	/** From the server's write to the webhook. */
	sendToWebhookMs: number[];
	/** From the receipt at the server to the webhook; below 0 when the webhook came first. */
	receiptToWebhookMs: number[];
	lost: number;
}

/** What the world process does for the harness. Everything it takes and gives is JSON. */
export interface WorldApi {
	address(): Promise<WorldAddress>;
	createAccount(contactCount: number): Promise<LiveAccount>;
	/** Scans a QR code; resolves when the session is online and has taken its history. */
	link(accountId: number, qr: string): Promise<void>;
	/** Resolves when all sessions of these accounts are online. */
	whenOnline(accountIds: number[], timeoutMs: number): Promise<void>;
	/** Resolves when none of them is. */
	whenOffline(accountIds: number[]): Promise<void>;
	/** Encrypts the messages beforehand, then sends them as fast as the socket takes them. */
	flood(accountId: number, messageCount: number): Promise<FloodResult>;
	/** Sends one message after the other at random distances, that many a second on average. */
	pace(accountId: number, messageCount: number, perSecond: number): Promise<PacedResult>;
	trouble(): Promise<Trouble>;
	stop(): Promise<void>;
}
