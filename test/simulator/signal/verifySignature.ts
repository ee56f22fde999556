import { createPublicKey, verify } from 'node:crypto';

const P = 2n ** 255n - 19n;
const ED25519_PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Verifies an XEdDSA signature with OpenSSL: the X25519 public key (32 bytes) is turned into the Ed25519
 * one, whose sign the signature carries in its last bit.
 */
export function verifySignature(
	publicKey: Uint8Array,
	message: Uint8Array,
	signature: Uint8Array,
): boolean {
	if (signature.length !== 64) return false;
	const u = toNumber(publicKey);
	const y = ((u - 1n + P) * invert(u + 1n)) % P;
	const point = toBytes(y);
	const last = signature[63] ?? 0;
	point[31] = (point[31] ?? 0) | (last & 0x80);
	const plain = Buffer.from(signature);
	plain[63] = last & 0x7f;
	const der = Buffer.concat([ED25519_PUBLIC_PREFIX, point]);
	const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
	return verify(null, message, key, plain);
}

/** The inverse modulo p, by Fermat. */
function invert(value: bigint): bigint {
	let result = 1n;
	let base = value % P;
	for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
		if (exponent & 1n) result = (result * base) % P;
		base = (base * base) % P;
	}
	return result;
}

const toNumber = (bytes: Uint8Array): bigint =>
	BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

const toBytes = (value: bigint): Buffer =>
	Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
