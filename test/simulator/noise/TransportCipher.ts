import { decryptGcm, encryptGcm, toCounterIv } from './gcm';

/** The transport after the handshake: one key and one counter per direction. */
export class TransportCipher {
	private writes = 0;
	private reads = 0;

	constructor(
		private readonly writeKey: Buffer,
		private readonly readKey: Buffer,
	) {}

	/** Encrypts the next frame to the client. */
	encrypt(plaintext: Uint8Array): Buffer {
		return encryptGcm(plaintext, this.writeKey, toCounterIv(this.writes++));
	}

	/** Decrypts the next frame of the client; throws when one was lost, repeated or swapped. */
	decrypt(ciphertext: Uint8Array): Buffer {
		return decryptGcm(ciphertext, this.readKey, toCounterIv(this.reads++));
	}
}
