/** What the simulator has counted since it started. */
export interface Counters {
	/** Websockets accepted. */
	connections: number;
	/** Unlinked clients that asked to be linked. */
	registrations: number;
	/** Successful logins. */
	logins: number;
	/** Logins answered with `<failure>`. */
	refusedLogins: number;
	framesIn: number;
	framesOut: number;
	/** Receipts of the client, retry receipts not counted. */
	receipts: number;
	/** Retry receipts of the client: it could not decrypt something. */
	retryReceipts: number;
	/** Error acks of the client for messages, by code; 487 means the message is gone for good. */
	nacks: Record<string, number>;
	/** Messages of the client that a simulated phone could not decrypt. */
	decryptErrors: number;
	/** Messages of the client, re-sends included. */
	messagesFromClient: number;
	/** Messages handed to clients for the first time. */
	messagesToClient: number;
	/** Stanzas handed to a client again, because it did not settle them before. */
	redeliveries: number;
	/** Re-sends of the client with an id that the contact already had. */
	duplicates: number;
	/** `companion_reg_refresh` notifications sent, and acknowledged by the client. */
	registrationRefreshes: number;
	registrationRefreshAcks: number;
	/** Queries of clients, answered or not, by `xmlns/type/child`; pings are left out. */
	queries: Record<string, number>;
	/** Usync queries that ask whether numbers are on WhatsApp. */
	contactQueries: number;
	/** Queries without an own answer (an empty result was sent), by `xmlns/type/child`. */
	unknownQueries: Record<string, number>;
	/** Connections ended because the client broke the protocol. */
	protocolErrors: number;
}

/** Counters at zero. */
export function createCounters(): Counters {
	return {
		connections: 0,
		registrations: 0,
		logins: 0,
		refusedLogins: 0,
		framesIn: 0,
		framesOut: 0,
		receipts: 0,
		retryReceipts: 0,
		nacks: {},
		decryptErrors: 0,
		messagesFromClient: 0,
		messagesToClient: 0,
		redeliveries: 0,
		duplicates: 0,
		registrationRefreshes: 0,
		registrationRefreshAcks: 0,
		queries: {},
		contactQueries: 0,
		unknownQueries: {},
		protocolErrors: 0,
	};
}

/** Adds one to an entry of a counter table. */
export function countIn(table: Record<string, number>, name: string): void {
	table[name] = (table[name] ?? 0) + 1;
}
