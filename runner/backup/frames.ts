import { createCipheriv, createDecipheriv } from 'node:crypto';
import { BackupError } from './BackupError';
import type { BackupKey } from './backupHeader';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Length of what follows, big-endian. */
export const PREFIX_BYTES = 4;
/** A row with a long message is far below. */
const MAX_FRAME_BYTES = 2 ** 28;

/**
 * Seals the frame with that place in the file. The key is the file's own, so the place is nonce enough;
 * frames that are missing, repeated or in another order do not open.
 */
export function sealFrame({ key, fingerprint }: BackupKey, place: number, plain: Buffer): Buffer {
	const cipher = createCipheriv(ALGORITHM, key, toNonce(place)).setAAD(fingerprint);
	const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	const prefix = Buffer.alloc(PREFIX_BYTES);
	prefix.writeUInt32BE(body.length);
	return Buffer.concat([prefix, body]);
}

/** How many bytes of a frame follow its prefix. Throws BackupError. */
export function readFrameLength(prefix: Buffer): number {
	const length = prefix.readUInt32BE();
	if (length < TAG_BYTES || length > MAX_FRAME_BYTES) throw toDamaged();
	return length;
}

/** Opens what follows a prefix. Throws BackupError. */
export function openFrame({ key, fingerprint }: BackupKey, place: number, body: Buffer): Buffer {
	const decipher = createDecipheriv(ALGORITHM, key, toNonce(place)).setAAD(fingerprint);
	decipher.setAuthTag(body.subarray(-TAG_BYTES));
	const plain = decipher.update(body.subarray(0, -TAG_BYTES));
	try {
		decipher.final();
	} catch {
		// Nobody without the passphrase can make a first frame that opens.
		throw place === 0
			? new BackupError('The passphrase is wrong, or the file damaged.')
			: toDamaged();
	}
	return plain;
}

/** The file is not as it was written. */
export function toDamaged(): BackupError {
	return new BackupError(
		'This backup is damaged or was cut short. Take another copy of it; nothing was imported.',
	);
}

function toNonce(place: number): Buffer {
	const nonce = Buffer.alloc(NONCE_BYTES);
	nonce.writeBigUInt64BE(BigInt(place), NONCE_BYTES - 8);
	return nonce;
}
