import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MediaDamagedError } from './mediaErrors';
import type { MediaPointer } from './MediaKind';
import { MAC_BYTES, type MediaKeys } from './toMediaKeys';

/** Decrypts one media file piece by piece; what it gave is to be trusted only once `finish` has returned. */
export class MediaDecipher {
	private readonly decipher;
	private readonly mac;
	private readonly plain = createHash('sha256');
	private readonly encrypted = createHash('sha256');
	/** The last bytes so far: they may be the authentication code. */
	private tail = Buffer.alloc(0);
	private sizeBytes = 0;

	constructor(
		{ iv, cipherKey, macKey }: MediaKeys,
		private readonly pointer: Pick<MediaPointer, 'fileSha256' | 'fileEncSha256' | 'fileLength'>,
	) {
		this.decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
		this.mac = createHmac('sha256', macKey).update(iv);
	}

	/** The next piece, decrypted; may be empty. */
	update(chunk: Uint8Array): Buffer {
		this.encrypted.update(chunk);
		const bytes = Buffer.concat([this.tail, chunk]);
		const end = Math.max(bytes.length - MAC_BYTES, 0);
		this.tail = bytes.subarray(end);
		const ciphertext = bytes.subarray(0, end);
		this.mac.update(ciphertext);
		return this.open(this.decipher.update(ciphertext));
	}

	/** The last piece. Throws MediaDamagedError when anything is not as the message says. */
	finish(): { rest: Buffer; sha256: string; sizeBytes: number } {
		const { fileSha256, fileEncSha256, fileLength } = this.pointer;
		if (!isSame(this.mac.digest().subarray(0, MAC_BYTES), this.tail)) {
			throw new MediaDamagedError('The authentication code of the file is wrong.');
		}
		if (fileEncSha256 && !isSame(this.encrypted.digest(), fileEncSha256)) {
			throw new MediaDamagedError('The SHA-256 of the encrypted file is not as announced.');
		}
		const rest = this.open(this.readPadding());
		if (fileLength !== null && this.sizeBytes !== fileLength) {
			throw new MediaDamagedError('The length of the file is not as announced.');
		}
		const sha256 = this.plain.digest();
		if (fileSha256 && !isSame(sha256, fileSha256)) {
			throw new MediaDamagedError('The SHA-256 of the file is not as announced.');
		}
		return { rest, sha256: sha256.toString('hex'), sizeBytes: this.sizeBytes };
	}

	private readPadding(): Buffer {
		try {
			return this.decipher.final();
		} catch (cause) {
			throw new MediaDamagedError('The padding of the encrypted file is wrong.', { cause });
		}
	}

	private open(plaintext: Buffer): Buffer {
		this.sizeBytes += plaintext.length;
		this.plain.update(plaintext);
		return plaintext;
	}
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
	one.length === other.length && timingSafeEqual(one, other);
