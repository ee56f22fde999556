import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type GroupMetadata,
} from '@whiskeysockets/baileys';
import { extractGroupMetadata } from '@whiskeysockets/baileys/lib/Socket/groups.js';
import { ask, type Asker } from '../ask';

/** The address of what concerns no group in particular. */
export const ALL_GROUPS = '@g.us';

/** Asks about a group, or changes it, by one child of the query; gives WhatsApp's answer. */
export function askGroup(
	sock: Asker,
	question: { to: string; type: 'get' | 'set'; child: BinaryNode },
): Promise<BinaryNode> {
	const { to, type, child } = question;
	return ask(sock, { tag: 'iq', attrs: { type, xmlns: 'w:g2', to }, content: [child] });
}

export async function askMetadata(sock: Asker, groupId: string): Promise<GroupMetadata> {
	const child = { tag: 'query', attrs: { request: 'interactive' } };
	return extractGroupMetadata(await askGroup(sock, { to: groupId, type: 'get', child }));
}

/** All groups of the account with their members, in one query. */
export async function askAllGroups(sock: Asker): Promise<GroupMetadata[]> {
	const content = [
		{ tag: 'participants', attrs: {} },
		{ tag: 'description', attrs: {} },
	];
	const child = { tag: 'participating', attrs: {}, content };
	const answer = await askGroup(sock, { to: ALL_GROUPS, type: 'get', child });
	return getBinaryNodeChildren(getBinaryNodeChild(answer, 'groups'), 'group').map((group) =>
		extractGroupMetadata({ tag: 'result', attrs: {}, content: [group] }),
	);
}

/** A group as the answer to its creation describes it: who could not be added stands among the members. */
export function readCreated(answer: BinaryNode): {
	metadata: GroupMetadata;
	participants: BinaryNode[];
} {
	const group = getBinaryNodeChild(answer, 'group');
	const participants = getBinaryNodeChildren(group, 'participant');
	const refused = new Set(participants.filter(({ attrs }) => attrs.error));
	const children = Array.isArray(group?.content) ? group.content : [];
	const content = group && [{ ...group, content: children.filter((node) => !refused.has(node)) }];
	return { metadata: extractGroupMetadata({ ...answer, content }), participants };
}
