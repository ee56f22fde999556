/**
 * The parts of libsignal that its own type declarations leave out, as the simulated phones use them.
 * Shapes read from libsignal 6.0.0.
 */
import * as untyped from 'libsignal';

/** A Curve25519 pair in libsignal's form: public keys carry the type byte 5, 33 bytes in all. */
export interface SignalKeyPair {
	readonly pubKey: Buffer;
	readonly privKey: Buffer;
}

/** One ratchet with one peer. */
export interface SessionEntry {
	indexInfo: { closed: number; used: number; remoteIdentityKey: Buffer };
	serialize(): unknown;
}

/** All ratchets with one peer, at most one of them open. */
export interface SessionRecord {
	readonly sessions: Record<string, SessionEntry>;
	getSession(baseKey: Buffer): SessionEntry | undefined;
	getOpenSession(): SessionEntry | undefined;
	getSessions(): SessionEntry[];
	closeSession(session: SessionEntry): void;
	removeOldSessions(): void;
	haveOpenSession(): boolean;
}

/** What the ciphers ask their owner for. */
export interface SignalStore {
	loadSession(address: string): SessionRecord;
	storeSession(address: string, record: SessionRecord): void;
	isTrustedIdentity(): boolean;
	loadPreKey(id: number): SignalKeyPair | undefined;
	removePreKey(id: number): void;
	loadSignedPreKey(): SignalKeyPair;
	getOurRegistrationId(): number;
	getOurIdentity(): SignalKeyPair;
}

/** The public keys that one session can be built from. Public keys have 33 bytes. */
export interface PreKeyBundle {
	readonly registrationId: number;
	readonly identityKey: Buffer;
	readonly signedPreKey: { keyId: number; publicKey: Buffer; signature: Buffer };
	readonly preKey?: { keyId: number; publicKey: Buffer } | undefined;
}

interface Address {
	toString(): string;
}

/** A cipher for one peer. */
export interface SessionCipher {
	encrypt(data: Buffer): Promise<{ type: number; body: Buffer }>;
	decryptPreKeyWhisperMessage(data: Buffer): Promise<Buffer>;
	doDecryptWhisperMessage(data: Buffer, session: SessionEntry): Promise<Buffer>;
	queueJob<T>(job: () => Promise<T>): Promise<T>;
	getRecord(): Promise<SessionRecord>;
	storeRecord(record: SessionRecord): Promise<void>;
}

interface Libsignal {
	readonly ProtocolAddress: new (name: string, deviceId: number) => Address;
	readonly SessionRecord: new () => SessionRecord;
	readonly SessionCipher: new (store: SignalStore, address: Address) => SessionCipher;
	readonly SessionBuilder: new (
		store: SignalStore,
		address: Address,
	) => { initOutgoing(bundle: PreKeyBundle): Promise<void> };
	readonly curve: {
		generateKeyPair(): SignalKeyPair;
		calculateAgreement(publicKey: Buffer, privateKey: Buffer): Buffer;
		calculateSignature(privateKey: Buffer, message: Uint8Array): Buffer;
		/** The answer, which Baileys' `Curve.verify` throws away. */
		verifySignature(publicKey: Buffer, message: Uint8Array, signature: Uint8Array): boolean;
	};
}

export type { Address as SignalAddress };
export const libsignal = untyped as unknown as Libsignal;

/** A 32-byte public key with the type byte that libsignal wants. */
export function withTypeByte(publicKey: Uint8Array): Buffer {
	return publicKey.length === 33
		? Buffer.from(publicKey)
		: Buffer.concat([Buffer.of(5), publicKey]);
}

/** A 33-byte public key without its type byte, as the stanzas carry it. */
export const withoutTypeByte = (publicKey: Buffer): Buffer => publicKey.subarray(1);
