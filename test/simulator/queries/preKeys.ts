import type { BinaryNode } from '@whiskeysockets/baileys';
import type { SignedPreKey } from '../accounts/DeviceKeys';
import { withoutTypeByte, withTypeByte, type PreKeyBundle } from '../signal/libsignal';
import { fromBigEndian, toBigEndian } from '../stanzas/bigEndian';
import { childOf, childrenOf, element, requireBytes } from '../stanzas/element';

/** The type of all keys: Curve25519. */
const KEY_TYPE = Buffer.of(5);

/** The children that describe a bundle, in the order WhatsApp has them in a `<user>`. */
export function toBundleElements(bundle: PreKeyBundle): BinaryNode[] {
	const { signedPreKey, preKey } = bundle;
	const nodes = [
		element('registration', {}, toBigEndian(bundle.registrationId, 4)),
		element('type', {}, KEY_TYPE),
		element('identity', {}, withoutTypeByte(bundle.identityKey)),
		element('skey', {}, [
			element('id', {}, toBigEndian(signedPreKey.keyId, 3)),
			element('value', {}, withoutTypeByte(signedPreKey.publicKey)),
			element('signature', {}, signedPreKey.signature),
		]),
	];
	if (preKey) {
		nodes.push(
			element('key', {}, [
				element('id', {}, toBigEndian(preKey.keyId, 3)),
				element('value', {}, withoutTypeByte(preKey.publicKey)),
			]),
		);
	}
	return nodes;
}

/** `<registration>` and `<keys>` as a retry receipt carries them. */
export function toKeysElement(bundle: PreKeyBundle): BinaryNode[] {
	const [registration, ...keys] = toBundleElements(bundle);
	return [...(registration ? [registration] : []), element('keys', {}, keys)];
}

/** Reads the bundle of a client's retry receipt; undefined when it carries none. */
export function readRetryBundle(receipt: BinaryNode): PreKeyBundle | undefined {
	const keys = childOf(receipt, 'keys');
	if (!keys) return undefined;
	const preKey = childOf(keys, 'key');
	return {
		registrationId: fromBigEndian(requireBytes(receipt, 'registration')),
		identityKey: withTypeByte(requireBytes(keys, 'identity')),
		signedPreKey: readSignedPreKey(keys),
		...(preKey && { preKey: readPreKey(preKey) }),
	};
}

/** Reads a `<skey>`. */
export function readSignedPreKey(parent: BinaryNode): SignedPreKey {
	const node = childOf(parent, 'skey');
	return {
		keyId: fromBigEndian(requireBytes(node, 'id')),
		publicKey: withTypeByte(requireBytes(node, 'value')),
		signature: requireBytes(node, 'signature'),
	};
}

/** Reads the one-time prekeys of an upload. */
export const readPreKeyList = (parent: BinaryNode): Array<{ keyId: number; publicKey: Buffer }> =>
	childrenOf(childOf(parent, 'list')).map(readPreKey);

function readPreKey(node: BinaryNode): { keyId: number; publicKey: Buffer } {
	return {
		keyId: fromBigEndian(requireBytes(node, 'id')),
		publicKey: withTypeByte(requireBytes(node, 'value')),
	};
}
