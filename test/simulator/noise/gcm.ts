import { createCipheriv, createDecipheriv } from 'node:crypto';

const TAG_BYTES = 16;
const IV_BYTES = 12;
const NO_DATA = Buffer.alloc(0);

/** AES-256-GCM with the 16-byte tag appended. */
export function encryptGcm(
	plaintext: Uint8Array,
	key: Uint8Array,
	iv: Uint8Array,
	aad: Uint8Array = NO_DATA,
): Buffer {
	const cipher = createCipheriv('aes-256-gcm', key, iv);
	if (aad.length) cipher.setAAD(aad);
	return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Reverses `encryptGcm`; throws when the tag does not fit. */
export function decryptGcm(
	ciphertext: Uint8Array,
	key: Uint8Array,
	iv: Uint8Array,
	aad: Uint8Array = NO_DATA,
): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, iv);
	if (aad.length) decipher.setAAD(aad);
	decipher.setAuthTag(ciphertext.subarray(ciphertext.length - TAG_BYTES));
	const plaintext = decipher.update(ciphertext.subarray(0, ciphertext.length - TAG_BYTES));
	return Buffer.concat([plaintext, decipher.final()]);
}

/** The 12-byte IV of the n-th message under one key. */
export function toCounterIv(counter: number): Buffer {
	const iv = Buffer.alloc(IV_BYTES);
	iv.writeUInt32BE(counter, IV_BYTES - 4);
	return iv;
}
