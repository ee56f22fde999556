import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import { Group } from '../accounts/Group';
import type { Person } from '../accounts/Person';
import { toGroupElement } from '../groups/toGroupElement';
import { nowSeconds } from '../stanzas/bigEndian';
import { childrenOf, element } from '../stanzas/element';
import { INVALID } from './queryErrors';
import type { Answer, Query } from './QueryTable';

const CAN_BE_INVITED = 403;
const UNKNOWN = 404;
const ALREADY_THERE = 409;
const INVITE_SECONDS = 3 * 24 * 3600;

/** Adds, removes, promotes or demotes; every participant gets a result of its own. */
export function changeMembers(group: Group, query: Query, child: BinaryNode): BinaryNode[] {
	const { context, device } = query;
	const people: Person[] = [];
	const results = childrenOf(child).map(({ attrs: { jid } }) => {
		const person = context.directory.findPerson(jid);
		const error = toError(group, child.tag, person);
		if (person && error === undefined) people.push(person);
		return element('participant', { jid, error }, toInvitation(group, error));
	});
	const act = child.tag as 'add' | 'remove' | 'promote' | 'demote';
	if (people.length > 0) group[act](device.phone, ...people);
	return [element(child.tag, {}, results)];
}

/** Makes a group; those who may not be added stand in the answer with their errors. */
export function createGroup({ context, device, request }: Query): ReturnType<Answer> {
	const [create] = childrenOf(request);
	const { subject = '' } = create?.attrs ?? {};
	if (!create || subject === '') return INVALID;
	const group = new Group({ subject, participants: [device.phone] });
	const refused: BinaryNode[] = [];
	for (const { attrs } of childrenOf(create)) {
		const person = context.directory.findPerson(attrs.jid);
		const error = toError(group, 'add', person);
		if (person && error === undefined) group.participants.push(person);
		else
			refused.push(element('participant', { jid: attrs.jid, error }, toInvitation(group, error)));
	}
	context.directory.addGroup(group);
	return {
		result: [toGroupElement(group, refused)],
		after: () => group.announceCreation(device.phone, group.devices(), { type: 'new' }),
	};
}

/** Lets people in who asked for it, or does not. */
export function decideRequests(group: Group, query: Query, child: BinaryNode): BinaryNode[] {
	const [decision] = childrenOf(child);
	const results = childrenOf(decision).map(({ attrs: { jid } }) => {
		const person = query.context.directory.findPerson(jid);
		const at = person ? group.joinRequests.indexOf(person) : -1;
		if (!person || at < 0) return element('participant', { jid, error: UNKNOWN });
		group.joinRequests.splice(at, 1);
		if (decision?.tag === 'approve') group.add(query.device.phone, person);
		return element('participant', { jid });
	});
	return [element(child.tag, {}, [element(decision?.tag ?? 'approve', {}, results)])];
}

function toError(group: Group, action: string, person: Person | undefined): number | undefined {
	if (!person || (person instanceof Contact && !person.registered)) return UNKNOWN;
	if (action !== 'add') return group.has(person) ? undefined : UNKNOWN;
	if (group.has(person)) return ALREADY_THERE;
	return person instanceof Contact ? person.groupAddError : undefined;
}

/** Who does not let others add it can be sent this code in a message. */
function toInvitation(group: Group, error: number | undefined): BinaryNode[] | undefined {
	if (error !== CAN_BE_INVITED) return undefined;
	const expiration = nowSeconds() + INVITE_SECONDS;
	return [element('add_request', { code: group.createPersonalInvite(), expiration })];
}
