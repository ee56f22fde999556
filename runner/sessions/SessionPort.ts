import type { InstanceState } from '../../contract';
import type { MediaFile } from '../media/MediaFile';
import type { Draft } from '../messages/Draft';
import type { StoredMessage } from '../messages/StoredMessage';
import type { PasskeyPort } from '../whatsapp/passkey/PasskeyExchange';
import type { GroupsPort } from './GroupsPort';
import type { PeoplePort, ProfilePort } from './PeoplePort';

/** A send as the API asks for it, already validated. */
export interface SendCommand {
	/** Where to. */
	jid: string;
	/** Fetches and converts what the message is made of. Called once, and not at all for a repeated key. */
	draft: () => Draft | Promise<Draft>;
	/** The message it answers. */
	quoted?: StoredMessage;
	/** JIDs of who is named with @ in it, or everybody in the group. */
	mentions?: string[] | 'all';
	/** Show "typing…" before it is sent. */
	typing?: boolean;
	/** The caller's Idempotency-Key with a hash of the body it came with. */
	idempotency?: { key: string; bodyHash: string };
}

/** `sent`: WhatsApp's server has accepted it. `queued`: it is stored and will be sent. */
export interface SendOutcome {
	messageId: string;
	/** Where it goes: another spelling of the number than the one given, if that is the one WhatsApp knows. */
	jid: string;
	state: 'sent' | 'queued';
	/** How long it was, or will be, held back. */
	waitedMs: number;
}

/** The live part of an instance. Times are Unix milliseconds, `number` digits only. */
export interface SessionStatus {
	state: InstanceState;
	since: number;
	number: string | null;
	pushName: string | null;
	lastError: string | null;
}

/** A QR code as text, and the Unix millisecond at which the next one replaces it. */
export interface LiveQrCode {
	qr: string;
	expiresAt: number;
}

/**
 * What the HTTP API can ask of one session. Failures the caller should hear of are ApiErrors:
 * `instance_already_linked`, `qr_not_ready`, `pairing_code_refused`, `instance_not_linked`,
 * `instance_blocked`, `engine_down`, `rejected_by_whatsapp`, `idempotency_conflict`, …
 */
export interface SessionPort {
	readonly instanceId: string;
	readonly people: PeoplePort;
	/** Throws `instance_not_linked`, `instance_blocked` or `engine_down` while there is no connection. */
	readonly groups: GroupsPort;
	/** The exchange with an account that has a passkey. Throws `passkey_not_asked` while there is none. */
	readonly passkey: PasskeyPort;
	/** Throws like `groups`. */
	readonly profile: ProfilePort;
	status(): SessionStatus;
	/** Connects a linked instance, begins linking an unlinked one; nothing when it is under way. */
	connect(): Promise<void>;
	/** Begins linking when needed, then waits for a valid code. */
	waitForQr(options: { timeoutMs: number; signal?: AbortSignal }): Promise<LiveQrCode>;
	/** Resolves with the code once WhatsApp has accepted the request. `phone`: digits only. */
	requestPairingCode(phone: string): Promise<string>;
	restart(): Promise<void>;
	/** What a connection is made with has changed: ends the one there is or will be, and makes another. */
	renewConnection(): Promise<void>;
	/** Unlinks: afterwards the state is `unlinked`. */
	logout(): Promise<void>;
	/** Rejects a call while it rings. Throws `call_not_found`, `call_ended`, `engine_down`. */
	rejectCall(callId: string): Promise<void>;
	send(command: SendCommand): Promise<SendOutcome>;
	/** The file of a message. Throws `media_not_found`, `media_gone`, `media_too_large`, `engine_down`. */
	fetchFile(sha256: string, timeoutMs: number): Promise<MediaFile>;
}

/** All sessions of this runner, by instance id. */
export interface SessionsPort {
	get(instanceId: string): SessionPort | undefined;
	/** Takes up an instance whose row has just been written. It stays `unlinked` until asked to connect. */
	add(instanceId: string): SessionPort;
	/** Logs out and forgets an instance, before its row is deleted. */
	remove(instanceId: string): Promise<void>;
}
