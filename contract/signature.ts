import {
	createHmac,
	createSecretKey,
	randomBytes,
	timingSafeEqual,
	type KeyObject,
} from 'node:crypto';

export const SECRET_PREFIX = 'whsec_';

/** Seconds a timestamp may be off before a delivery is taken for a replay (Standard Webhooks). */
export const TIMESTAMP_TOLERANCE_S = 300;

const keyObjects = new Map<string, KeyObject>();
const MAX_KEY_OBJECTS = 1000;

/** The headers of a Standard Webhooks delivery. */
export interface SignatureHeaders {
	'webhook-id': string;
	/** Unix seconds */
	'webhook-timestamp': string;
	/** `v1,<base64>`, one per secret, separated by spaces. */
	'webhook-signature': string;
}

/** A new signing secret: 32 random bytes as `whsec_` + base64. */
export function createSecret(): string {
	return SECRET_PREFIX + randomBytes(32).toString('base64');
}

/** Whether it is a secret Standard Webhooks allows: `whsec_` and 24 to 64 bytes of base64. */
export function isSecret(value: unknown): value is string {
	if (typeof value !== 'string' || !/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
	const { length } = toKey(value);
	return length >= 24 && length <= 64;
}

/**
 * Signs a body with each of the secrets (several during a rotation).
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(input: {
	id: string;
	timestampS: number;
	body: string | Buffer;
	secrets: readonly string[];
}): SignatureHeaders {
	const timestamp = String(Math.floor(input.timestampS));
	return {
		'webhook-id': input.id,
		'webhook-timestamp': timestamp,
		'webhook-signature': input.secrets
			.map((secret) => `v1,${toMac(secret, input.id, timestamp, input.body).toString('base64')}`)
			.join(' '),
	};
}

/** Goes beside the number of a delivery; Standard Webhooks signs no further headers. */
export const SEQ_SIGNATURE_HEADER = 'webhook-seq-signature';

/** Signs the number of a delivery together with its id and time, in the form of `webhook-signature`. */
export function signSeq(
	{ 'webhook-id': id, 'webhook-timestamp': timestamp }: SignatureHeaders,
	seq: number,
	secrets: readonly string[],
): string {
	return secrets
		.map((secret) => `v1,${toMac(secret, id, timestamp, toSeqText(seq)).toString('base64')}`)
		.join(' ');
}

/** Whether a number belongs to a delivery whose own signature was found valid. */
export function isSeqValid(headers: Record<string, unknown>, seq: number, secret: string): boolean {
	const {
		'webhook-id': id,
		'webhook-timestamp': timestamp,
		[SEQ_SIGNATURE_HEADER]: given,
	} = headers;
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string') {
		return false;
	}
	return isOneOf(given, toMac(secret, id, timestamp, toSeqText(seq)));
}

/** No body of an event begins like this: it is JSON. */
function toSeqText(seq: number): string {
	return `seq.${seq}`;
}

/** Verifies a delivery over its raw body, in constant time. Missing or malformed headers are false. */
export function isSignatureValid(input: {
	headers: Record<string, unknown>;
	body: string | Buffer;
	secret: string;
	nowS: number;
}): boolean {
	const id = input.headers['webhook-id'];
	const timestamp = input.headers['webhook-timestamp'];
	const signatures = input.headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
		return false;
	}
	if (!/^\d{1,12}$/.test(timestamp)) return false;
	if (Math.abs(input.nowS - Number(timestamp)) > TIMESTAMP_TOLERANCE_S) return false;
	if (!isSecret(input.secret)) return false;
	return isOneOf(signatures, toMac(input.secret, id, timestamp, input.body));
}

/** Whether a MAC is among the signatures of a header, in constant time. */
function isOneOf(signatures: string, expected: Buffer): boolean {
	let isValid = false;
	for (const signature of signatures.split(' ')) {
		if (!signature.startsWith('v1,')) continue;
		const given = Buffer.from(signature.slice(3), 'base64');
		if (given.length === expected.length && timingSafeEqual(given, expected)) isValid = true;
	}
	return isValid;
}

function toKey(secret: string): Buffer {
	return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
}

/** Keys are made once: a busy receiver is signed for thousands of times a minute. */
function toKeyObject(secret: string): KeyObject {
	const known = keyObjects.get(secret);
	if (known) return known;
	if (keyObjects.size >= MAX_KEY_OBJECTS) keyObjects.clear();
	const key = createSecretKey(toKey(secret));
	keyObjects.set(secret, key);
	return key;
}

function toMac(secret: string, id: string, timestamp: string, body: string | Buffer): Buffer {
	return createHmac('sha256', toKeyObject(secret))
		.update(`${id}.${timestamp}.`)
		.update(body)
		.digest();
}
