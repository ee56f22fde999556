import { decryptMedia, sha256 } from './mediaCrypto';
import type { MediaFile } from './findMedia';

/** Decrypts a downloaded file; throws when a hash or the authentication code is not that of the message. */
export function openMedia(encrypted: Buffer, media: MediaFile): Buffer {
	const { fileEncSha256, fileSha256, mediaKey, kind } = media;
	if (!isHashOf(encrypted, fileEncSha256)) throw new Error('The encrypted file has another hash');
	const file = decryptMedia(encrypted, mediaKey, kind);
	if (!isHashOf(file, fileSha256)) throw new Error('The decrypted file has another hash');
	return file;
}

const isHashOf = (data: Buffer, hash: Uint8Array | null | undefined): boolean =>
	hash !== null && hash !== undefined && sha256(data).equals(hash);
