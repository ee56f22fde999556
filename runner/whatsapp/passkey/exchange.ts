import { createHmac, randomBytes } from 'node:crypto';
import {
	aesEncryptGCM,
	bytesToCrockford,
	Curve,
	hkdf,
	proto,
	sha256,
	type AuthenticationCreds,
	type KeyPair,
} from '@whiskeysockets/baileys';

/*
 * What both sides compute when WhatsApp asks a device that is being linked for the account's passkey.
 * The exchange is described by tulir/whatsmeow#1186 and WhiskeySockets/Baileys#2672.
 */

const KEY_BYTES = 32;
const GCM_IV_BYTES = 12;
/** So many bytes make the eight characters that people compare. */
const CODE_BYTES = 5;

/** This device in one exchange. */
export interface CompanionIdentity {
	readonly ephemeral: KeyPair;
	/** 32 bytes; promised by a hash at first, shown when the phone has answered. */
	readonly nonce: Uint8Array;
	/** WhatsApp's reference for this exchange. */
	readonly ref: string;
	/** A `DeviceProps.PlatformType`. */
	readonly deviceType: number;
}

/** The phone in one exchange; both are 32 bytes. */
export interface PrimaryIdentity {
	readonly publicKey: Uint8Array;
	readonly nonce: Uint8Array;
}

export function createCompanionIdentity(ref: string, deviceType: number): CompanionIdentity {
	return { ephemeral: Curve.generateKeyPair(), nonce: randomBytes(KEY_BYTES), ref, deviceType };
}

/** A serialised `ProloguePayload`: who this device is, and the hash that binds it to its nonce. */
export function toPrologue({ ephemeral, nonce, ref, deviceType }: CompanionIdentity): Uint8Array {
	const companionEphemeralIdentity = proto.CompanionEphemeralIdentity.encode({
		publicKey: ephemeral.public,
		deviceType,
		ref,
	}).finish();
	const hash = sha256(Buffer.concat([companionEphemeralIdentity, nonce]));
	return proto.ProloguePayload.encode({
		companionEphemeralIdentity,
		commitment: { hash },
	}).finish();
}

/**
 * A proof that this device showed the QR code that was scanned: a MAC of the prologue under the secret
 * of that code. With it the phone does not ask its owner to compare a code.
 */
export function toHandoffProof(scannedSecret: Uint8Array, prologue: Uint8Array): Uint8Array {
	const key = hkdf(scannedSecret, KEY_BYTES, { info: 'shortcake-passkey-handoff-v1' });
	return createHmac('sha256', key).update(prologue).digest();
}

/** Reads a `PrimaryEphemeralIdentity`; undefined when it is not one. */
export function readPrimaryIdentity(bytes: Uint8Array | undefined): PrimaryIdentity | undefined {
	try {
		const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(bytes ?? new Uint8Array());
		if (publicKey?.length !== KEY_BYTES || nonce?.length !== KEY_BYTES) return undefined;
		return { publicKey, nonce };
	} catch {
		// Not a message of that kind.
		return undefined;
	}
}

/** The code that the phone shows as well, such as `ABCD-1234`. */
export function toVerificationCode(companion: CompanionIdentity, primary: PrimaryIdentity): string {
	const digest = sha256(Buffer.concat([companion.nonce, primary.publicKey]));
	const bytes = Buffer.from(primary.nonce.subarray(0, CODE_BYTES));
	const code = bytesToCrockford(Buffer.from(bytes.map((byte, at) => byte ^ (digest[at] ?? 0))));
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A serialised `EncryptedPairingRequest`: the keys and the secret that the phone links, for it alone. */
export function sealPairingRequest(
	creds: Pick<AuthenticationCreds, 'noiseKey' | 'signedIdentityKey' | 'advSecretKey'>,
	companion: CompanionIdentity,
	primary: PrimaryIdentity,
): Uint8Array {
	const request = proto.PairingRequest.encode({
		companionPublicKey: creds.noiseKey.public,
		companionIdentityKey: creds.signedIdentityKey.public,
		advSecret: Buffer.from(creds.advSecretKey, 'base64'),
	}).finish();
	const shared = Curve.sharedKey(companion.ephemeral.private, primary.publicKey);
	const key = hkdf(shared, KEY_BYTES, {
		salt: Buffer.from(`Companion Pairing ${companion.deviceType} with ref ${companion.ref}`),
		info: 'Pairing Information Encryption Key',
	});
	const iv = randomBytes(GCM_IV_BYTES);
	const encryptedPayload = aesEncryptGCM(request, key, iv, Buffer.alloc(0));
	return proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish();
}
