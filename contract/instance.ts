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
