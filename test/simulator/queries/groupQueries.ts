import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import { toGroupElement } from '../groups/toGroupElement';
import { nowSeconds } from '../stanzas/bigEndian';
import { childrenOf, element } from '../stanzas/element';
import { FORBIDDEN, GONE, INVALID, NOT_ADMIN, NOT_FOUND } from './queryErrors';
import type { Answer, Query, QueryError } from './QueryTable';

/** What clients ask about groups. */
export const groupQueries: ReadonlyArray<readonly [string, Answer]> = [
	['w:g2/get/query', (query) => ofMember(query, (group) => [toGroupElement(group)])],
	[
		'w:g2/get/participating',
		({ context, device }) => [
			element(
				'groups',
				{},
				context.directory.groupsOf(device.phone).map((group) => toGroupElement(group)),
			),
		],
	],
	['w:g2/get/invite', answerInvite],
	[
		'w:g2/get/membership_approval_requests',
		(query) =>
			ofMember(query, (group) => [element('membership_approval_requests', {}, toRequests(group))]),
	],
];

/** Answers for a group in which the client's owner is; else with the error the server has for that. */
function ofMember(
	{ context, device, request }: Query,
	answer: (group: Group) => BinaryNode[],
): BinaryNode[] | QueryError {
	const group = context.directory.findGroup(request.attrs.to);
	if (!group) return NOT_FOUND;
	return group.has(device.phone) ? answer(group) : FORBIDDEN;
}

/** The code of a group's invite link, or with a code the group behind it. */
function answerInvite(query: Query): ReturnType<Answer> {
	const { context, device, request } = query;
	const [invite] = childrenOf(request);
	const { code } = invite?.attrs ?? {};
	if (code !== undefined) {
		const found = context.directory.findInvite(code);
		if (found === 'revoked') return GONE;
		return found ? [toGroupElement(found)] : INVALID;
	}
	const group = context.directory.findGroup(request.attrs.to);
	if (group?.has(device.phone) && !group.rankOf(device.phone)) return NOT_ADMIN;
	return ofMember(query, ({ inviteCode }) => [element('invite', { code: inviteCode })]);
}

const toRequests = (group: Group): BinaryNode[] =>
	group.joinRequests.map((person) =>
		element('membership_approval_request', {
			jid: group.jidOf(person),
			request_method: 'invite_link',
			request_time: nowSeconds(),
		}),
	);
