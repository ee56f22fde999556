import type { LiveAccount } from '../world/WorldApi';

/** What the three contestants are asked to do; all of them are processes of their own. */
export interface Gateway {
	readonly name: GatewayName;
	readonly pid: number;
	/** Starts the process; sessions it has kept come back by themselves. */
	start(): Promise<void>;
	/** Asks it to stop and waits until it has. */
	stop(): Promise<void>;
	/** Begins a session whose messages go to `webhookUrl`, and gives the QR code to scan. */
	link(session: string, webhookUrl: string): Promise<string>;
	/** Resolves when WhatsApp's server has acknowledged the text; rejects when the answer is an error. */
	sendText(session: string, number: string, text: string): Promise<void>;
	/** Stops it and removes its data. */
	remove(): Promise<void>;
}

export const GATEWAY_NAMES = ['runner', 'raw', 'naive'] as const;

export type GatewayName = (typeof GATEWAY_NAMES)[number];

/** A gateway with one linked session and the account at its other end. */
export interface Contestant {
	gateway: Gateway;
	session: string;
	account: LiveAccount;
}
