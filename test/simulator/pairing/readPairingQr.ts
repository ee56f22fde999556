/** What a pairing QR code says. Keys have 32 bytes. */
export interface PairingQr {
	readonly ref: string;
	readonly noiseKey: Buffer;
	readonly identityKey: Buffer;
	/** Base64, as the code has it. */
	readonly advSecret: string;
}

const KEY_BYTES = 32;

/** Reads a QR code, with or without the URL in front; throws an error that names the fault, never the code. */
export function readPairingQr(text: string): PairingQr {
	const body = text.trim().split('#').at(-1) ?? '';
	const [ref, noise, identity, advSecret] = body.split(',');
	if (!ref || !noise || !identity || !advSecret) {
		throw new Error(
			'The QR code is malformed: expected ref, two keys and a secret, separated by commas',
		);
	}
	const [noiseKey, identityKey, secret] = [noise, identity, advSecret].map((field) =>
		Buffer.from(field, 'base64'),
	);
	for (const key of [noiseKey, identityKey, secret]) {
		if (key?.length !== KEY_BYTES) {
			throw new Error(`The QR code is malformed: a field has not ${KEY_BYTES} bytes of base64`);
		}
	}
	if (!noiseKey || !identityKey) throw new Error('The QR code is malformed: it lacks a key');
	return { ref, noiseKey, identityKey, advSecret };
}
