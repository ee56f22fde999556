import type { ServerCertificate } from './noise/certificateChain';

/** What the server does wrong on purpose, until it is switched off again. */
export interface Faults {
	/** HTTP status with which websocket upgrades are refused. */
	refuseUpgrades: number | undefined;
	/** Upgrades are neither accepted nor refused. */
	holdUpgrades: boolean;
	/** Reason of the `<failure>` that every login gets. */
	failLogins: number | undefined;
	/** Keep-alive pings stay unanswered. */
	ignorePings: boolean;
	/** Queries that stay unanswered, as `xmlns/type/child`, and how many of each. */
	readonly ignoredQueries: Map<string, number>;
	/** How often each group query is answered before `rate-overlimit`, and how often it was asked. */
	groupQueries: { readonly limit: number | undefined; readonly seen: Record<string, number> };
	/** Error that requests for a pairing code get. */
	refusePairingCodes: { code: number; text: string } | undefined;
	serverCertificate: ServerCertificate;
	/** What becomes of the server's first frame of every handshake. */
	mangleHello: ((frame: Buffer) => Buffer) | undefined;
	/** When `companion_reg_refresh` is sent to clients that register from now on. */
	registrationRefresh: RegistrationRefresh | undefined;
	/** Accounts are linked only after their passkey has answered a challenge. */
	passkey: PasskeyRule | undefined;
	/** The server takes all that a client says to be linked, and never links it. */
	neverLinks: boolean;
}

/** How WhatsApp asks for the passkey of an account. */
export interface PasskeyRule {
	/** Whether the challenge is in the notification; else clients have to ask for it. */
	readonly hasOptions: boolean;
	/** Milliseconds the challenge claims to be valid for. */
	readonly timeoutMs: number;
}

/** How a client is asked for a new registration secret. */
export interface RegistrationRefresh {
	/** The child of the notification; WhatsApp uses both. */
	readonly child: 'companion_reg_refresh' | 'pair-device-rotate-qr';
	/** Together with the QR references, or when the phone has scanned a code (as WhatsApp does). */
	readonly when: 'onPairDevice' | 'onScan';
}

/** A server without faults. */
export function createFaults(): Faults {
	return {
		refuseUpgrades: undefined,
		holdUpgrades: false,
		failLogins: undefined,
		ignorePings: false,
		ignoredQueries: new Map(),
		groupQueries: { limit: undefined, seen: {} },
		refusePairingCodes: undefined,
		serverCertificate: 'valid',
		mangleHello: undefined,
		registrationRefresh: undefined,
		passkey: undefined,
		neverLinks: false,
	};
}
