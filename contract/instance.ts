import type { EventName } from './events';

/**
 * What an instance can be in: `unlinked` needs a QR, `linking` shows one, `blocked` was banned by
 * WhatsApp, `loggedOut` was removed on the phone, `stopped` was stopped here or replaced by another
 * process.
 */
export const INSTANCE_STATES = [
	'unlinked',
	'linking',
	'connected',
	'reconnecting',
	'loggedOut',
	'blocked',
	'stopped',
] as const;

export type InstanceState = (typeof INSTANCE_STATES)[number];

/** `GET /api/instance`. `since` is ISO 8601; `number` digits only. */
export interface InstanceView {
	id: string;
	name: string;
	state: InstanceState;
	number: string | null;
	pushName: string | null;
	since: string;
	lastError: string | null;
}

/** `POST /api/instances`, 201: the API key is shown this once. */
export interface CreatedInstance {
	id: string;
	name: string;
	apiKey: string;
	webhookSecret: string;
}

export interface CreateInstanceRequest {
	name: string;
	webhooks?: Partial<Record<EventName, string | null>>;
	/** As `POST /api/config/automatic` takes it. */
	proxyUrl?: string | null;
}

/** `GET /api/instance/qr`: the QR text, a PNG data URI, and when it stops being valid (ISO 8601). */
export interface QrCode {
	qr: string;
	png: string;
	expiresAt: string;
}

export interface PairingCode {
	code: string;
}

/**
 * Where the exchange with an account that has a passkey stands: `challenge` is to be answered by a
 * browser, `answered` waits for the phone, `confirm` for somebody to compare the code with the phone's,
 * `finishing` for WhatsApp to link.
 */
export const PASSKEY_STAGES = ['challenge', 'answered', 'confirm', 'finishing'] as const;

export type PasskeyStage = (typeof PASSKEY_STAGES)[number];

/** What WhatsApp asks for, as `PublicKeyCredential.parseRequestOptionsFromJSON()` takes it. */
export interface PasskeyOptions {
	challenge?: string;
	/** Milliseconds. */
	timeout?: number;
	rpId?: string;
	[option: string]: unknown;
}

/** `GET /api/instance/passkey`. `code` is shown on the phone too; `expiresAt` is ISO 8601. */
export interface PasskeyView {
	stage: PasskeyStage;
	options: PasskeyOptions;
	code: string | null;
	expiresAt: string;
}

/** What the browser answers: `PublicKeyCredential.toJSON()`, its bytes in base64url. */
export interface PasskeyAssertion {
	id: string;
	rawId: string;
	type: 'public-key';
	response: {
		clientDataJSON: string;
		authenticatorData: string;
		signature: string;
		userHandle?: string | null;
	};
	authenticatorAttachment?: string | null;
	clientExtensionResults?: Record<string, unknown>;
}

export interface AnswerPasskeyRequest {
	assertion: PasskeyAssertion;
}
