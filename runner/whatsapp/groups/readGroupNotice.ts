import {
	getAllBinaryNodeChildren,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	isJidGroup,
	jidNormalizedUser,
	type BinaryNode,
} from '@whiskeysockets/baileys';
import type { GroupChangeDetails, MemberReference } from '../../../contract';
import type { GroupName } from '../../people/GroupRepository';
import { Clipper } from '../incoming/Clipper';
import { toIdentity, type Identities, type Identity } from '../incoming/Identities';

/** What one child of a notification says that has happened to a group. */
export type ReadChange = Omit<GroupChangeDetails, 'participants'> &
	Partial<Pick<GroupChangeDetails, 'participants'>>;

/** A notification of WhatsApp's server about a group. */
export interface GroupNotice {
	group: string;
	/** The same on every redelivery, and of no other notification about this group. */
	id: string;
	/** Unix milliseconds */
	atMs: number;
	/** Who has done it; null where WhatsApp does not say. */
	actor: Identity;
	/** As the actor goes by. */
	actorName: string | null;
	/** Its public name, of accounts that have one. */
	actorUsername: string | null;
	isOwn: boolean;
	changes: ReadChange[];
	/** What the group is called from now on, where this says so. */
	name: GroupName | null;
	hasCut: boolean;
}

interface NoticeContext {
	identities: Identities;
	nowMs: number;
}

type Read = (child: BinaryNode, notice: Omit<NoticeParts, 'changes'>) => ReadChange | undefined;
type NoticeParts = Pick<GroupNotice, 'actor' | 'isOwn'> & {
	clipper: Clipper;
	identities: Identities;
};

/** What each child of a `w:gp2` notification means; others (invite links, requests to join) are not told. */
const CHANGES: Readonly<Record<string, Read>> = {
	create: readCreation,
	add: (child, parts) => {
		const participants = readMembers(child, parts);
		return { action: isOwnStep(child, participants, parts) ? 'join' : 'add', participants };
	},
	remove: (child, parts) => {
		const participants = readMembers(child, parts);
		return { action: isOneself(participants, parts) ? 'leave' : 'remove', participants };
	},
	leave: (child, parts) => ({ action: 'leave', participants: readMembers(child, parts) }),
	promote: (child, parts) => ({ action: 'promote', participants: readMembers(child, parts) }),
	demote: (child, parts) => ({ action: 'demote', participants: readMembers(child, parts) }),
	subject: ({ attrs }, { clipper }) => ({
		action: 'subject',
		subject: clipper.text(attrs.subject ?? '', 'name'),
	}),
	description: (child, { clipper }) => ({
		action: 'description',
		description: clipper.textOrNull(toText(getBinaryNodeChild(child, 'body')), 'text'),
	}),
	announcement: () => toSettings({ announce: true }),
	not_announcement: () => toSettings({ announce: false }),
	locked: () => toSettings({ locked: true }),
	unlocked: () => toSettings({ locked: false }),
	ephemeral: ({ attrs }) => toSettings({ disappearingSeconds: Number(attrs.expiration) || 0 }),
	not_ephemeral: () => toSettings({ disappearingSeconds: 0 }),
	member_add_mode: (child) => toSettings({ membersMayAdd: toText(child) === 'all_member_add' }),
	membership_approval_mode: (child) => {
		const state = getBinaryNodeChild(child, 'group_join')?.attrs.state;
		return toSettings({ joinApproval: state === 'on' });
	},
};

/** Reads what the server says of a group. Undefined for notifications of anything else. */
export function readGroupNotice(
	node: BinaryNode,
	{ identities, nowMs }: NoticeContext,
): GroupNotice | undefined {
	const { from, id, t, type, participant, participant_pn, participant_lid, notify } = node.attrs;
	if (!from || !id || !isJidGroup(from) || (type !== 'w:gp2' && type !== 'picture'))
		return undefined;
	const clipper = new Clipper();
	const children = getAllBinaryNodeChildren(node);
	const author = type === 'picture' ? children[0]?.attrs.author : undefined;
	const actor = toIdentity([participant ?? author, participant_pn, participant_lid], identities);
	const parts = { actor, isOwn: isSame(actor, identities.own), clipper, identities };
	const changes = children.flatMap((child) => readChange(type, child, parts) ?? []);
	const atMs = Number(t) * 1000;
	return {
		group: jidNormalizedUser(from),
		id: t ? `${id}-${t}` : id,
		atMs: Number.isFinite(atMs) && atMs > 0 ? atMs : nowMs,
		actor,
		actorName: clipper.textOrNull(notify, 'name'),
		actorUsername: clipper.textOrNull(node.attrs.participant_username, 'name'),
		isOwn: parts.isOwn,
		changes,
		name: toName(from, changes),
		hasCut: clipper.hasCut,
	};
}

function readChange(type: string, child: BinaryNode, parts: NoticeParts): ReadChange | undefined {
	if (type === 'w:gp2')
		return Object.hasOwn(CHANGES, child.tag) ? CHANGES[child.tag]?.(child, parts) : undefined;
	if (child.tag !== 'set' && child.tag !== 'delete') return undefined;
	return { action: 'picture', picture: child.tag === 'set' };
}

/** A group that was made, or that this account is in from now on. */
function readCreation(child: BinaryNode, parts: NoticeParts): ReadChange | undefined {
	const group = getBinaryNodeChild(child, 'group');
	if (!group) return undefined;
	const subject = parts.clipper.text(group.attrs.subject ?? '', 'name');
	if (child.attrs.type === 'new') {
		return { action: 'create', subject, participants: readMembers(group, parts) };
	}
	const participants = [parts.identities.own];
	return { action: isOwnStep(child, participants, parts) ? 'join' : 'add', subject, participants };
}

function readMembers(
	node: BinaryNode,
	{ clipper, identities }: Pick<NoticeParts, 'clipper' | 'identities'>,
): MemberReference[] {
	return clipper
		.list(getBinaryNodeChildren(node, 'participant'), 'members')
		.map(({ attrs }) => toIdentity([attrs.jid, attrs.phone_number, attrs.lid], identities));
}

/** By the invite link, or in another way without anybody's help. */
function isOwnStep({ attrs }: BinaryNode, members: MemberReference[], parts: NoticeParts): boolean {
	return attrs.reason === 'invite' || isOneself(members, parts);
}

function isOneself(members: MemberReference[], { actor }: Pick<NoticeParts, 'actor'>): boolean {
	const [member, ...others] = members;
	return member !== undefined && others.length === 0 && isSame(member, actor);
}

function isSame(one: Identity, other: Identity): boolean {
	const isSamePhone = one.phone !== null && one.phone === other.phone;
	return isSamePhone || (one.lid !== null && one.lid === other.lid);
}

function toSettings(settings: NonNullable<GroupChangeDetails['settings']>): ReadChange {
	return { action: 'settings', settings };
}

function toText(node: BinaryNode | undefined): string {
	const content = node?.content;
	return typeof content === 'string' || content instanceof Uint8Array
		? Buffer.from(content as Uint8Array).toString('utf8')
		: '';
}

function toName(group: string, changes: readonly ReadChange[]): GroupName | null {
	const subject = changes.findLast(({ subject: one }) => one !== undefined)?.subject;
	return subject === undefined ? null : { id: jidNormalizedUser(group), subject };
}
