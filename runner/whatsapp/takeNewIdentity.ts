import {
	getBinaryNodeChild,
	isLidUser,
	isPnUser,
	jidNormalizedUser,
	type BinaryNode,
	type SignalDataSet,
	type WASocket,
} from '@whiskeysockets/baileys';
import { toAuthorNamed, type Identities } from './incoming/Identities';
import type { SignalKeyStore } from './SignalKeyStore';

export interface NewIdentityOptions {
	sock: Pick<WASocket, 'sendMessageAck' | 'userDevicesCache'>;
	keys: Pick<SignalKeyStore, 'read' | 'readAll' | 'set'>;
	identities: Identities;
}

/**
 * Takes WhatsApp's word that somebody has a new identity, as on a new phone: what was agreed on with the
 * old one is forgotten, so that the next message begins a new session, and in a group brings the key of
 * the group again. Baileys only renews the session: who then does not ask again reads nothing any more
 * in any group. False for a notification of anything else, or of this account's own identity.
 */
export async function takeNewIdentity(
	{ sock, keys, identities }: NewIdentityOptions,
	node: BinaryNode,
): Promise<boolean> {
	const { type, from } = node.attrs;
	if (type !== 'encrypt' || !from || !getBinaryNodeChild(node, 'identity')) return false;
	// What else the stanza names is no word of WhatsApp's.
	if (!isPnUser(from) && !isLidUser(from)) return false;
	const { isFromMe, names } = toAuthorNamed(from, identities);
	if (isFromMe) return false;
	await keys.set({ 'sender-key-memory': withoutHolder(keys, names) });
	for (const name of names) {
		await keys.set(toForgotten(keys, name));
		await sock.userDevicesCache.del(toUser(name));
	}
	await sock.sendMessageAck(node);
	return true;
}

/** Who has got the key of which group, without the devices of somebody; groups without them are left out. */
function withoutHolder(
	keys: NewIdentityOptions['keys'],
	names: readonly string[],
): NonNullable<SignalDataSet['sender-key-memory']> {
	const changed: NonNullable<SignalDataSet['sender-key-memory']> = {};
	for (const [group, holders] of keys.readAll('sender-key-memory')) {
		const others = Object.entries(holders).filter(
			([device]) => !names.includes(jidNormalizedUser(device)),
		);
		if (others.length < Object.keys(holders).length) changed[group] = Object.fromEntries(others);
	}
	return changed;
}

/** The sessions and identities of all devices under one name, and when they got a privacy token. */
function toForgotten(keys: NewIdentityOptions['keys'], name: string): SignalDataSet {
	const user = toUser(name);
	const addresses = [`${user}.`, `${user}_`].flatMap((beginning) => [
		...keys.readAll('session', beginning).keys(),
		...keys.readAll('identity-key', beginning).keys(),
	]);
	const nothing = Object.fromEntries(addresses.map((address) => [address, null]));
	const token = keys.read('tctoken', name);
	return {
		session: nothing,
		'identity-key': nothing,
		...(token ? { tctoken: { [name]: { ...token, senderTimestamp: undefined } } } : {}),
	};
}

function toUser(jid: string): string {
	return jid.split(/[:@]/)[0] ?? jid;
}
