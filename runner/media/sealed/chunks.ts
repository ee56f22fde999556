import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { DamagedFileError } from './DamagedFileError.ts';

/** Bytes of a plain file that are sealed together; the last chunk of a file may be shorter. */
export const CHUNK_BYTES = 64 * 1024;
const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** What a whole chunk takes on the disk. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** A chunk's place in its file. */
export interface Place {
	index: number;
	isLast: boolean;
}

/**
 * Seals a chunk into a buffer of SEALED_CHUNK_BYTES, and gives the part of it that was filled: the
 * ciphertext, then the 128-bit tag. A key seals the chunks of one writing of one file
 * only, so the place is nonce enough; a chunk that is missing, moved, or behind which the file was cut off
 * does not open. The construction is STREAM (Hoang et al. 2015), as in age. The converter's thread
 * imports this as it is, so nothing in here may need compiling.
 */
export function sealChunk(
	key: KeyObject,
	place: Place,
	{ plain, into }: { plain: Uint8Array; into: Buffer },
): Buffer {
	const cipher = createCipheriv(ALGORITHM, key, toNonce(place));
	const body = cipher.update(plain);
	cipher.final();
	into.set(body, 0);
	into.set(cipher.getAuthTag(), body.length);
	return into.subarray(0, body.length + TAG_BYTES);
}

/** Throws DamagedFileError. */
export function openChunk(key: KeyObject, place: Place, sealed: Uint8Array): Buffer {
	if (sealed.length < TAG_BYTES) throw new DamagedFileError();
	const decipher = createDecipheriv(ALGORITHM, key, toNonce(place));
	decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
	const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
	try {
		decipher.final();
	} catch {
		throw new DamagedFileError();
	}
	return plain;
}

/** How many chunks a file has; one at least, so that an empty file cannot be made of another. */
export function toChunkCount(sizeBytes: number): number {
	return Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));
}

/** What a plain file of that size takes on the disk. */
export function toSealedBytes(sizeBytes: number): number {
	return sizeBytes + toChunkCount(sizeBytes) * TAG_BYTES;
}

function toNonce({ index, isLast }: Place): Buffer {
	const nonce = Buffer.alloc(NONCE_BYTES);
	nonce.writeUInt32BE(index, NONCE_BYTES - 5);
	nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
	return nonce;
}
