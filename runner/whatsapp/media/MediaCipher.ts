import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { MAC_BYTES, type MediaKeys } from './toMediaKeys';

/** What a message says about its file. */
export interface MediaDigests {
	fileSha256: Buffer;
	fileEncSha256: Buffer;
	fileLength: number;
}

/** Encrypts one media file piece by piece: AES-256-CBC, then the authentication code. */
export class MediaCipher {
	private readonly cipher;
	private readonly mac;
	private readonly plain = createHash('sha256');
	private readonly encrypted = createHash('sha256');
	private fileLength = 0;

	constructor({ iv, cipherKey, macKey }: MediaKeys) {
		this.cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
		this.mac = createHmac('sha256', macKey).update(iv);
	}

	/** The next piece, encrypted; may be empty. */
	update(chunk: Uint8Array): Buffer {
		this.fileLength += chunk.length;
		this.plain.update(chunk);
		return this.seal(this.cipher.update(chunk));
	}

	/** The last piece. */
	finish(): { rest: Buffer; digests: MediaDigests } {
		const rest = this.seal(this.cipher.final());
		const mac = this.mac.digest().subarray(0, MAC_BYTES);
		const digests = {
			fileSha256: this.plain.digest(),
			fileEncSha256: this.encrypted.update(mac).digest(),
			fileLength: this.fileLength,
		};
		return { rest: Buffer.concat([rest, mac]), digests };
	}

	private seal(ciphertext: Buffer): Buffer {
		this.mac.update(ciphertext);
		this.encrypted.update(ciphertext);
		return ciphertext;
	}
}
