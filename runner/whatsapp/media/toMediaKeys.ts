import { getMediaKeys } from '@whiskeysockets/baileys';
import { MediaDamagedError } from './mediaErrors';
import { BAILEYS_KINDS, type MediaKind } from './MediaKind';

/** Bytes at the end of every encrypted file: the first ones of an HMAC-SHA256. */
export const MAC_BYTES = 10;

const MEDIA_KEY_BYTES = 32;
const BLOCK_BYTES = 16;

/** What a file is encrypted and authenticated with. */
export interface MediaKeys {
	iv: Uint8Array;
	cipherKey: Uint8Array;
	macKey: Uint8Array;
}

/** Derives the keys of one file. Throws MediaDamagedError when the media key is none. */
export async function toMediaKeys(mediaKey: Uint8Array, kind: MediaKind): Promise<MediaKeys> {
	if (mediaKey.length !== MEDIA_KEY_BYTES) {
		throw new MediaDamagedError(`The message's media key has ${mediaKey.length} bytes, not 32.`);
	}
	const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, BAILEYS_KINDS[kind]);
	if (!macKey) throw new Error('Baileys derived no key for the authentication code.');
	return { iv, cipherKey, macKey };
}

/** How long a file becomes by encryption: always padded, then its authentication code. */
export const toEncryptedLength = (bytes: number): number =>
	(Math.floor(bytes / BLOCK_BYTES) + 1) * BLOCK_BYTES + MAC_BYTES;
