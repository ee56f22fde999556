import type { PasskeyAssertion, PasskeyOptions } from '../../../contract';
import { ApiError } from '../../ApiError';

/** A timeout outside of these is nonsense; milliseconds. */
const MIN_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 15 * 60_000;

/**
 * Reads what WhatsApp asks a browser for: JSON as `PublicKeyCredential.parseRequestOptionsFromJSON()`
 * takes it. Undefined when it is not that.
 */
export function readPasskeyOptions(bytes: Uint8Array | undefined): PasskeyOptions | undefined {
	if (!bytes) return undefined;
	try {
		const options = JSON.parse(Buffer.from(bytes).toString()) as PasskeyOptions | null;
		if (typeof options?.challenge !== 'string') return undefined;
		const { timeout, ...rest } = options;
		if (typeof timeout !== 'number' || Number.isNaN(timeout)) return rest;
		return { ...rest, timeout: Math.min(Math.max(timeout, MIN_TIMEOUT_MS), MAX_TIMEOUT_MS) };
	} catch {
		// Not JSON: the challenge is asked for instead.
		return undefined;
	}
}

/**
 * Sees to it that a browser's answer is one to this challenge: WhatsApp would refuse any other, and
 * the challenge be lost. Throws ApiError `passkey_invalid`.
 */
export function assertAnswersChallenge(
	{ response }: PasskeyAssertion,
	{ challenge }: PasskeyOptions,
): void {
	const client = readClientData(response.clientDataJSON);
	if (client?.type !== 'webauthn.get') {
		throw new ApiError(
			'passkey_invalid',
			'Its clientDataJSON cannot be read: send what PublicKeyCredential.toJSON() gives, unchanged.',
		);
	}
	if (challenge !== undefined && toBytes(client.challenge) !== toBytes(challenge)) {
		throw new ApiError(
			'passkey_invalid',
			'It answers another challenge: read the one of now with GET /api/instance/passkey and answer that.',
		);
	}
}

function readClientData(text: string): { type?: unknown; challenge?: unknown } | undefined {
	try {
		return JSON.parse(Buffer.from(text, 'base64url').toString()) as { type?: unknown };
	} catch {
		return undefined;
	}
}

/** Browsers and WhatsApp differ in the alphabet and the padding of base64. */
function toBytes(base64: unknown): string {
	return Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64url').toString('hex');
}
