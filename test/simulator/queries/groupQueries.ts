import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import { element } from '../stanzas/element';
import type { Answer } from './QueryTable';

const NOT_FOUND = 404;

/** What clients ask about groups. */
export const groupQueries: ReadonlyArray<readonly [string, Answer]> = [
	[
		'w:g2/get/query',
		({ context, request }) => {
			const group = context.directory.findGroup(request.attrs.to);
			return group ? [toGroup(group)] : { code: NOT_FOUND, text: 'item-not-found' };
		},
	],
	[
		'w:g2/get/participating',
		({ context, device }) => [
			element('groups', {}, context.directory.groupsOf(device.phone).map(toGroup)),
		],
	],
];

function toGroup(group: Group): BinaryNode {
	const { participants, addressing, createdAt, subject } = group;
	const [creator] = participants;
	const members = participants.map((person) =>
		element('participant', {
			jid: group.jidOf(person),
			phone_number: addressing === 'lid' ? person.pn : undefined,
			lid: addressing === 'pn' ? person.lid : undefined,
			type: person === creator ? 'superadmin' : undefined,
		}),
	);
	return element(
		'group',
		{
			id: group.jid.replace('@g.us', ''),
			subject,
			s_t: createdAt,
			creation: createdAt,
			creator: creator && group.jidOf(creator),
			addressing_mode: addressing,
			size: participants.length,
		},
		members,
	);
}
