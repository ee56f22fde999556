import { areJidsSameUser, isJidGroup, type BinaryNode } from '@whiskeysockets/baileys';
import { isServer } from './isServer';
import type { OwnIdentity } from './stanzaKey';

/** Notifications of what is this account's alone: only it and WhatsApp's server send them. */
const OWN_TYPES: ReadonlyArray<string | undefined> = [
	'account_sync',
	'server_sync',
	'link_code_companion_reg',
];

/**
 * Whether a notification is about what its sender has a say in; Baileys looks at the type alone. Groups
 * speak of groups, and no contact of this account's settings, app state and linking.
 */
export function isOwnAffair({ attrs: { type, from } }: BinaryNode, me: OwnIdentity): boolean {
	if (type === 'w:gp2') return isJidGroup(from) === true;
	if (!OWN_TYPES.includes(type) || !from) return true;
	return isServer(from) || areJidsSameUser(from, me.id) || areJidsSameUser(from, me.lid);
}
