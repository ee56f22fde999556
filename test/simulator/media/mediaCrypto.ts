import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	hkdfSync,
	randomBytes,
} from 'node:crypto';

/** The kinds of media; each has keys of its own. */
export const MEDIA_KINDS = ['image', 'video', 'audio', 'document', 'sticker', 'ptv'] as const;

/** `ptv` is a video note. */
export type MediaKind = (typeof MEDIA_KINDS)[number];

const KEY_NAMES: Record<MediaKind, string> = {
	image: 'WhatsApp Image Keys',
	video: 'WhatsApp Video Keys',
	audio: 'WhatsApp Audio Keys',
	document: 'WhatsApp Document Keys',
	sticker: 'WhatsApp Image Keys',
	ptv: 'WhatsApp Video Keys',
};
const MAC_BYTES = 10;

/** A media file as it is uploaded, and what a message says about it. */
export interface EncryptedMedia {
	readonly file: Buffer;
	readonly mediaKey: Buffer;
	readonly fileSha256: Buffer;
	readonly fileEncSha256: Buffer;
	readonly fileLength: number;
}

/** Encrypts a file for upload. */
export function encryptMedia(plaintext: Buffer, kind: MediaKind): EncryptedMedia {
	const mediaKey = randomBytes(32);
	const file = encryptWith(mediaKey, plaintext, kind);
	return {
		file,
		mediaKey,
		fileSha256: sha256(plaintext),
		fileEncSha256: sha256(file),
		fileLength: plaintext.length,
	};
}

/** Encrypts a file with a key that is there already. */
export function encryptWith(mediaKey: Buffer, plaintext: Buffer, kind: MediaKind): Buffer {
	const { iv, cipherKey, macKey } = toKeys(mediaKey, kind);
	const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
	const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
	return Buffer.concat([ciphertext, toMac(macKey, iv, ciphertext)]);
}

/** Decrypts a downloaded file; throws when its authentication code is wrong, which Baileys does not check. */
export function decryptMedia(file: Buffer, mediaKey: Uint8Array, kind: MediaKind): Buffer {
	const { iv, cipherKey, macKey } = toKeys(mediaKey, kind);
	const ciphertext = file.subarray(0, file.length - MAC_BYTES);
	if (!file.subarray(file.length - MAC_BYTES).equals(toMac(macKey, iv, ciphertext))) {
		throw new Error('The media file has a wrong authentication code');
	}
	const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
	return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

function toKeys(mediaKey: Uint8Array, kind: MediaKind) {
	const keys = Buffer.from(hkdfSync('sha256', mediaKey, '', KEY_NAMES[kind], 112));
	return {
		iv: keys.subarray(0, 16),
		cipherKey: keys.subarray(16, 48),
		macKey: keys.subarray(48, 80),
	};
}

const toMac = (key: Buffer, iv: Buffer, ciphertext: Buffer): Buffer =>
	createHmac('sha256', key).update(iv).update(ciphertext).digest().subarray(0, MAC_BYTES);

/** SHA-256 */
export const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
