import { createHmac, randomInt } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { withoutTypeByte } from '../signal/libsignal';
import type { SignalParty } from '../signal/SignalParty';
import { verifySignature } from '../signal/verifySignature';
import { nowSeconds } from '../stanzas/bigEndian';

const ACCOUNT_SIGNATURE_PREFIX = Buffer.of(6, 0);
const DEVICE_SIGNATURE_PREFIX = Buffer.of(6, 1);

/** What a phone signs for a client: the encoded device details and the container the client has to open. */
export interface DeviceIdentityOffer {
	readonly details: Uint8Array;
	/** Encoded `ADVSignedDeviceIdentityHMAC`. */
	readonly container: Uint8Array;
}

/** Signs the client's identity with the phone's and seals it with the secret that phone and client share. */
export function createDeviceIdentity(
	phone: SignalParty,
	companionIdentity: Buffer,
	advSecret: Buffer,
): DeviceIdentityOffer {
	const details = proto.ADVDeviceIdentity.encode({
		rawId: randomInt(1, 0x7fffffff),
		timestamp: nowSeconds(),
		keyIndex: 1,
		accountType: proto.ADVEncryptionType.E2EE,
		deviceType: proto.ADVEncryptionType.E2EE,
	}).finish();
	const signedPart = Buffer.concat([ACCOUNT_SIGNATURE_PREFIX, details, companionIdentity]);
	const signed = proto.ADVSignedDeviceIdentity.encode({
		details,
		accountSignatureKey: withoutTypeByte(phone.identity.pubKey),
		accountSignature: phone.identity.sign(signedPart),
	}).finish();
	const hmac = createHmac('sha256', advSecret).update(signed).digest();
	const container = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish();
	return { details, container };
}

/** Checks the client's half of the signature; throws when it does not fit. */
export function verifyDeviceSignature(
	answer: Uint8Array,
	phone: SignalParty,
	companionIdentity: Buffer,
	details: Uint8Array,
): void {
	const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(answer);
	const accountKey = withoutTypeByte(phone.identity.pubKey);
	const signedPart = Buffer.concat([
		DEVICE_SIGNATURE_PREFIX,
		details,
		companionIdentity,
		accountKey,
	]);
	if (!deviceSignature || !verifySignature(companionIdentity, signedPart, deviceSignature)) {
		throw new Error(
			'The client answered pair-success with a device signature that does not verify',
		);
	}
}
