import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import type { GroupSettings } from '../groups/GroupSettings';
import { bytesOf, childOf, childrenOf, element } from '../stanzas/element';
import { BAD_REQUEST, FORBIDDEN, GONE, INVALID, NOT_FOUND } from './queryErrors';
import { changeMembers, createGroup, decideRequests } from './groupMembers';
import type { Answer, Query } from './QueryTable';

/** What one child of a `set` does to a group in which the client's owner may do it. */
type Change = (group: Group, query: Query, child: BinaryNode) => BinaryNode[] | void;

const SUBJECT_MAX = 100;

/** What clients do to groups. */
export const groupChanges: ReadonlyArray<readonly [string, Answer]> = [
	['w:g2/set/create', createGroup],
	['w:g2/set/leave', leave],
	['w:g2/set/accept', acceptPersonalInvite],
	change('add', changeMembers),
	change('remove', changeMembers),
	change('promote', changeMembers),
	change('demote', changeMembers),
	change('membership_requests_action', decideRequests),
	['w:g2/set/subject', setSubject],
	change('description', setDescription),
	change('announcement', (group, { device }) => group.setAnnouncement(device.phone, true)),
	change('not_announcement', (group, { device }) => group.setAnnouncement(device.phone, false)),
	change('locked', (group, { device }) => group.setLocked(device.phone, true)),
	change('unlocked', (group, { device }) => group.setLocked(device.phone, false)),
	change('member_add_mode', (group, { device }, child) => {
		group.setMemberAddMode(device.phone, textOf(child) as GroupSettings['memberAddMode']);
	}),
	change('membership_approval_mode', (group, { device }, child) => {
		group.setJoinApproval(device.phone, childOf(child, 'group_join')?.attrs.state === 'on');
	}),
	change('ephemeral', (group, { device }, { attrs }) => {
		group.setEphemeral(device.phone, Number(attrs.expiration));
	}),
	change('not_ephemeral', (group, { device }) => group.setEphemeral(device.phone, 0)),
	change('revoke', () => undefined),
	['w:g2/set/invite', changeOrAcceptInvite],
];

/** Everyone may do this in a group that is not locked, else its admins only. */
const FREE_UNLESS_LOCKED = new Set(['description', 'subject']);

function change(name: string, act: Change): readonly [string, Answer] {
	return [`w:g2/set/${name}`, (query) => actInGroup(query, name, act)];
}

function actInGroup(query: Query, name: string, act: Change): ReturnType<Answer> {
	const { context, device, request } = query;
	const group = context.directory.findGroup(request.attrs.to);
	if (!group) return NOT_FOUND;
	const [child] = childrenOf(request);
	const { locked, memberAddMode } = group.settings;
	const isFree =
		(FREE_UNLESS_LOCKED.has(name) && !locked) ||
		(name === 'add' && memberAddMode === 'all_member_add');
	const isAllowed = group.has(device.phone) && (isFree || group.rankOf(device.phone));
	if (!child || !isAllowed) return FORBIDDEN;
	return act(group, query, child) ?? [];
}

function setSubject(query: Query): ReturnType<Answer> {
	const subject = textOf(childrenOf(query.request)[0]);
	if (subject === '' || subject.length > SUBJECT_MAX) return INVALID;
	return actInGroup(query, 'subject', (group) => group.setSubject(query.device.phone, subject));
}

function setDescription(group: Group, { device }: Query, child: BinaryNode): void {
	const text = textOf(childOf(child, 'body'));
	group.setDescription(device.phone, text || undefined, child.attrs.id);
}

function leave({ context, device, request }: Query): ReturnType<Answer> {
	const groups = childrenOf(childrenOf(request)[0]).map(({ attrs }) =>
		context.directory.findGroup(attrs.id),
	);
	for (const group of groups) if (group?.has(device.phone)) group.leave(device.phone);
	return [
		element(
			'leave',
			{},
			groups.map((group) => element('group', { id: group?.jid })),
		),
	];
}

/** Without a code: makes the link invalid; with one: joins the group behind it, or asks to. */
function changeOrAcceptInvite(query: Query): ReturnType<Answer> {
	const { context, device, request } = query;
	const { code } = childrenOf(request)[0]?.attrs ?? {};
	if (code === undefined) {
		return actInGroup(query, 'invite', (group) => [
			element('invite', { code: group.revokeInvite(device.phone) }),
		]);
	}
	const found = context.directory.findInvite(code);
	if (found === 'revoked') return GONE;
	if (!found) return INVALID;
	return { result: enter(found, query), after: () => undefined };
}

function enter(group: Group, { device }: Query): BinaryNode[] {
	const { jid, settings } = group;
	if (group.has(device.phone)) return [element('group', { jid })];
	if (settings.joinApproval) {
		group.askToJoin(device.phone);
		return [element('membership_approval_request', { jid })];
	}
	group.join(device.phone);
	return [element('group', { jid })];
}

/** Accepts an invitation that an admin sent in a message: its code is good for one person. */
function acceptPersonalInvite({ context, device, request }: Query): ReturnType<Answer> {
	const group = context.directory.findGroup(request.attrs.to);
	const { code } = childrenOf(request)[0]?.attrs ?? {};
	if (!group) return NOT_FOUND;
	if (code === undefined) return BAD_REQUEST;
	if (!group.takePersonalInvite(code)) return GONE;
	if (!group.has(device.phone)) group.join(device.phone);
	return [];
}

const textOf = (node: BinaryNode | undefined): string => bytesOf(node)?.toString('utf8') ?? '';
