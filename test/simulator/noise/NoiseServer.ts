import { createHash, hkdfSync } from 'node:crypto';
import { Curve, proto } from '@whiskeysockets/baileys';
import { withoutTypeByte, type SignalKeyPair } from '../signal/libsignal';
import { decryptGcm, encryptGcm, toCounterIv } from './gcm';
import { TransportCipher } from './TransportCipher';

/** "WA", protocol 6, dictionary 3: what a client sends before its first frame. */
export const NOISE_PROLOGUE = Buffer.from([0x57, 0x41, 6, 3]);
/** Exactly 32 bytes, so Noise takes it as the first hash without hashing it. */
const PROTOCOL_NAME = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0', 'latin1');

/** What the handshake ends with. */
export interface NoiseResult {
	readonly clientStaticKey: Buffer;
	readonly payload: proto.ClientPayload;
	readonly cipher: TransportCipher;
}

/** The server's half of Noise_XX_25519_AESGCM_SHA256, one per connection. */
export class NoiseServer {
	private readonly ephemeral = Curve.generateKeyPair();
	private hash: Buffer = PROTOCOL_NAME;
	private salt: Buffer = PROTOCOL_NAME;
	private key: Buffer = PROTOCOL_NAME;
	private counter = 0;

	constructor(
		private readonly staticKey: SignalKeyPair,
		private readonly certificateChain: Buffer,
	) {
		this.absorb(NOISE_PROLOGUE);
	}

	/** Takes the client's hello and returns the server's. */
	answerHello(frame: Uint8Array): Uint8Array {
		const clientEphemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral;
		if (!clientEphemeral) throw new Error('The first handshake frame has no clientHello.ephemeral');
		this.absorb(clientEphemeral);
		this.absorb(this.ephemeral.public);
		this.mix(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
		const encryptedStatic = this.encrypt(withoutTypeByte(this.staticKey.pubKey));
		this.mix(Curve.sharedKey(this.staticKey.privKey, clientEphemeral));
		const payload = this.encrypt(this.certificateChain);
		const serverHello = { ephemeral: this.ephemeral.public, static: encryptedStatic, payload };
		return proto.HandshakeMessage.encode({ serverHello }).finish();
	}

	/** Takes the client's finish: its static key, what it wants, and the keys of the transport. */
	finish(frame: Uint8Array): NoiseResult {
		const { clientFinish } = proto.HandshakeMessage.decode(frame);
		if (!clientFinish?.static || !clientFinish.payload) {
			throw new Error('The second handshake frame has no clientFinish');
		}
		const clientStaticKey = this.decrypt(clientFinish.static);
		this.mix(Curve.sharedKey(this.ephemeral.private, clientStaticKey));
		const payload = proto.ClientPayload.decode(this.decrypt(clientFinish.payload));
		const [fromClient, toClient] = this.expand(Buffer.alloc(0));
		return { clientStaticKey, payload, cipher: new TransportCipher(toClient, fromClient) };
	}

	private absorb(data: Uint8Array): void {
		this.hash = createHash('sha256').update(this.hash).update(data).digest();
	}

	private mix(sharedSecret: Uint8Array): void {
		[this.salt, this.key] = this.expand(sharedSecret);
		this.counter = 0;
	}

	private expand(secret: Uint8Array): [Buffer, Buffer] {
		const keys = Buffer.from(hkdfSync('sha256', secret, this.salt, '', 64));
		return [keys.subarray(0, 32), keys.subarray(32)];
	}

	private encrypt(plaintext: Uint8Array): Buffer {
		const result = encryptGcm(plaintext, this.key, toCounterIv(this.counter++), this.hash);
		this.absorb(result);
		return result;
	}

	private decrypt(ciphertext: Uint8Array): Buffer {
		const result = decryptGcm(ciphertext, this.key, toCounterIv(this.counter++), this.hash);
		this.absorb(ciphertext);
		return result;
	}
}
