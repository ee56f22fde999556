import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import type { Person } from '../accounts/Person';
import { Phone } from '../accounts/Phone';
import { nowSeconds } from '../stanzas/bigEndian';
import { bytesOf, childOf, childrenOf, element } from '../stanzas/element';
import { isLid, toPn } from '../stanzas/jid';
import type { Answer, Query } from './QueryTable';

/** Answers what is asked about users: devices, hidden identity, whether a number is on WhatsApp. */
export const answerUsync: Answer = (query: Query) => {
	const usync = childOf(query.request, 'usync');
	const protocols = new Set(childrenOf(childOf(usync, 'query')).map(({ tag }) => tag));
	const users = childrenOf(childOf(usync, 'list')).map((user) => toUser(query, user, protocols));
	return [element('usync', {}, [element('result'), element('list', {}, users)])];
};

function toUser({ context }: Query, user: BinaryNode, protocols: ReadonlySet<string>): BinaryNode {
	const number = bytesOf(childOf(user, 'contact'))?.toString('utf8').replace(/\D/g, '');
	const jid = user.attrs.jid ?? toPn(number ?? '');
	const found = context.directory.findPerson(jid);
	const person = found instanceof Contact && !found.registered ? undefined : found;
	const answers: BinaryNode[] = [];
	if (protocols.has('contact')) answers.push(element('contact', { type: person ? 'in' : 'out' }));
	if (protocols.has('devices')) answers.push(toDevices(person));
	if (protocols.has('lid') && person && !isLid(jid))
		answers.push(element('lid', { val: person.lid }));
	return element('user', { jid }, answers);
}

function toDevices(person: Person | undefined): BinaryNode {
	const devices = person ? [element('device', { id: 0 })] : [];
	if (person instanceof Phone) {
		for (const { id } of person.devices) devices.push(element('device', { id, 'key-index': 1 }));
	}
	return element('devices', {}, [
		element('device-list', {}, devices),
		element('key-index-list', { ts: nowSeconds() }),
	]);
}
