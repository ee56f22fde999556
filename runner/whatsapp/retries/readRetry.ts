import {
	areJidsSameUser,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	isJidGroup,
	jidNormalizedUser,
	type BinaryNode,
} from '@whiskeysockets/baileys';
import { namesOf, type Identities } from '../incoming/Identities';
import type { OwnIdentity } from '../stanzaKey';

/** A phone names one message in each receipt; what names more than this is no phone. */
const MAX_IDS = 32;
/** Phones ask five times at the most. */
const MAX_COUNT = 5;

/** Somebody could not read messages from here, and wants them again. */
export interface Retry {
	ids: string[];
	/** The JID of the device that asks. */
	device: string;
	/** Every JID its owner goes by, without device. */
	names: string[];
	/** Every JID of the chat it asks in. */
	chats: string[];
	/** Whether another device of this account asks. */
	isOwn: boolean;
	/** The how manyeth time it asks, as it says. */
	count: number;
	node: BinaryNode;
}

/**
 * Believes of a receipt what the server vouches for: `from`, and in a group who of its members sends it.
 * Everything else can be anything, `participant` and `recipient` of other people's receipts included.
 */
export function readRetry(
	node: BinaryNode,
	me: OwnIdentity,
	identities: Pick<Identities, 'phoneOfLid' | 'lidOfPhone'>,
): Retry | undefined {
	const { from, participant, recipient } = node.attrs;
	const isGroup = isJidGroup(from);
	const device = isGroup ? participant : from;
	if (!from || !device) return undefined;
	const isOwn = areJidsSameUser(device, me.id) || areJidsSameUser(device, me.lid);
	const chat = !isGroup && isOwn ? (recipient ?? from) : from;
	const toNames = (jid: string) => (isJidGroup(jid) ? [jid] : namesOf(jid, identities));
	const names = toNames(device);
	if (!isGroup && !isOwn && !isOf(participant, names)) return undefined;
	return {
		ids: toIds(node),
		device,
		names,
		chats: toNames(chat),
		isOwn,
		count: toCount(getBinaryNodeChild(node, 'retry')?.attrs.count),
		node,
	};
}

function isOf(jid: string | undefined, names: string[]): boolean {
	return jid === undefined || names.includes(jidNormalizedUser(jid));
}

function toIds(node: BinaryNode): string[] {
	const items = getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'item');
	const ids = [node.attrs.id, ...items.map(({ attrs }) => attrs.id)];
	return [...new Set(ids.filter((id): id is string => id !== undefined && id !== ''))].slice(
		0,
		MAX_IDS,
	);
}

function toCount(text: string | undefined): number {
	const count = Math.trunc(Number(text));
	return count >= 1 ? Math.min(count, MAX_COUNT) : 1;
}
