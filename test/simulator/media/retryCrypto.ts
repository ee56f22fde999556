import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** An encrypted part of a media retry: `<enc_p>` and `<enc_iv>`. */
export interface EncryptedRetry {
	readonly ciphertext: Buffer;
	readonly iv: Buffer;
}

/** What a phone answers to a client that asked for a file again, encrypted with the key of the file. */
export function encryptRetryAnswer(
	mediaKey: Uint8Array,
	answer: proto.IMediaRetryNotification & { stanzaId: string },
): EncryptedRetry {
	const iv = randomBytes(IV_BYTES);
	const plaintext = proto.MediaRetryNotification.encode(answer).finish();
	const cipher = createCipheriv('aes-256-gcm', toRetryKey(mediaKey), iv);
	cipher.setAAD(Buffer.from(answer.stanzaId));
	const parts = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
	return { ciphertext: Buffer.concat(parts), iv };
}

/** The id in a client's request; throws when it was not encrypted with the key of the file. */
export function decryptRetryRequest(
	mediaKey: Uint8Array,
	id: string,
	{ ciphertext, iv }: EncryptedRetry,
): string | null | undefined {
	const decipher = createDecipheriv('aes-256-gcm', toRetryKey(mediaKey), iv)
		.setAAD(Buffer.from(id))
		.setAuthTag(ciphertext.subarray(-TAG_BYTES));
	const parts = [decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()];
	return proto.ServerErrorReceipt.decode(Buffer.concat(parts)).stanzaId;
}

const toRetryKey = (mediaKey: Uint8Array): Buffer =>
	Buffer.from(hkdfSync('sha256', mediaKey, '', 'WhatsApp Media Retry Notification', 32));
