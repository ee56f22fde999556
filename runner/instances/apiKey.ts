import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new API key: 32 random bytes, with a prefix by which scanners for leaked secrets find it. */
export function createApiKey(): string {
	return `aww_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 in hex: all that is stored of a key. No salt is needed, the key is random enough. */
export function toKeyHash(key: string): string {
	return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** Compares in constant time; both are outputs of `toKeyHash`. */
export function isSameHash(a: string, b: string): boolean {
	const left = Buffer.from(a);
	const right = Buffer.from(b);
	return left.length === right.length && timingSafeEqual(left, right);
}
