import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { withTypeByte, type SignalKeyPair } from './libsignal';

const X25519_PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

/**
 * An identity key that agrees (X25519) and signs (XEdDSA). It is made from an Ed25519 key, so that OpenSSL
 * signs: libsignal's own signing takes some 20 ms, too long with hundreds of phones in one process.
 */
export class SigningKey implements SignalKeyPair {
	/** 33 bytes. */
	readonly pubKey: Buffer;
	/** 32 bytes. */
	readonly privKey: Buffer;
	private readonly signer: KeyObject;

	constructor() {
		this.signer = createSigner();
		this.privKey = toScalar(this.signer);
		this.pubKey = withTypeByte(toX25519Public(this.privKey));
	}

	/** The 64-byte XEdDSA signature. */
	sign(message: Uint8Array): Buffer {
		return sign(null, message, this.signer);
	}
}

/** An Ed25519 key whose public point has a positive sign: only such a one is determined by its X25519 key. */
function createSigner(): KeyObject {
	for (;;) {
		const { privateKey, publicKey } = generateKeyPairSync('ed25519');
		const point = publicKey.export({ format: 'der', type: 'spki' });
		if (((point.at(-1) ?? 0) & 0x80) === 0) return privateKey;
	}
}

/** The secret scalar of an Ed25519 key (RFC 8032, 5.1.5), which serves as the X25519 private key. */
function toScalar(key: KeyObject): Buffer {
	const seed = key.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES);
	const scalar = Buffer.from(createHash('sha512').update(seed).digest().subarray(0, KEY_BYTES));
	scalar[0] = (scalar[0] ?? 0) & 0xf8;
	scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
	return scalar;
}

function toX25519Public(scalar: Buffer): Buffer {
	const key = createPrivateKey({
		key: Buffer.concat([X25519_PRIVATE_PREFIX, scalar]),
		format: 'der',
		type: 'pkcs8',
	});
	return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
}
