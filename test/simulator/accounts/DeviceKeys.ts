import type { PreKeyBundle } from '../signal/libsignal';

/** A signed prekey as uploaded; the public key has 33 bytes. */
export interface SignedPreKey {
	readonly keyId: number;
	readonly publicKey: Buffer;
	readonly signature: Buffer;
}

/** The public keys that one linked client has uploaded. Public keys have 33 bytes. */
export class DeviceKeys {
	private readonly oneTime = new Map<number, Buffer>();

	constructor(
		readonly identityKey: Buffer,
		readonly registrationId: number,
		public signedPreKey: SignedPreKey,
	) {}

	/** How many one-time prekeys are left. */
	get count(): number {
		return this.oneTime.size;
	}

	/** Adds uploaded one-time prekeys. */
	add(preKeys: ReadonlyArray<{ keyId: number; publicKey: Buffer }>): void {
		for (const { keyId, publicKey } of preKeys) this.oneTime.set(keyId, publicKey);
	}

	/** Hands out a bundle and with it the oldest one-time prekey, if any is left. */
	take(): PreKeyBundle {
		const { identityKey, registrationId, signedPreKey } = this;
		const [oldest] = this.oneTime;
		if (!oldest) return { identityKey, registrationId, signedPreKey };
		const [keyId, publicKey] = oldest;
		this.oneTime.delete(keyId);
		return { identityKey, registrationId, signedPreKey, preKey: { keyId, publicKey } };
	}
}
