import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import type { Person } from '../accounts/Person';
import { Phone } from '../accounts/Phone';
import { nowSeconds } from '../stanzas/bigEndian';
import { bytesOf, childOf, childrenOf, element } from '../stanzas/element';
import { isLid, toPn } from '../stanzas/jid';
import type { Answer, Query } from './QueryTable';

const HIDDEN = 401;
const NOT_FOUND = 404;

/** Answers what is asked about users: devices, hidden identity, whether a number is on WhatsApp. */
export const answerUsync: Answer = (query: Query) => {
	const usync = childOf(query.request, 'usync');
	const protocols = new Set(childrenOf(childOf(usync, 'query')).map(({ tag }) => tag));
	const users = childrenOf(childOf(usync, 'list')).map((user) => toUser(query, user, protocols));
	return [element('usync', {}, [element('result'), element('list', {}, users)])];
};

function toUser({ context }: Query, user: BinaryNode, protocols: ReadonlySet<string>): BinaryNode {
	const asked = bytesOf(childOf(user, 'contact'))?.toString('utf8');
	const number = asked?.replace(/\D/g, '') ?? '';
	const { directory } = context;
	const found = user.attrs.jid
		? directory.findPerson(user.attrs.jid)
		: directory.findByNumber(number);
	const person = found instanceof Contact && !found.registered ? undefined : found;
	// The server names the account, not the number that was asked for.
	const jid = user.attrs.jid ?? person?.pn ?? toPn(number);
	const answers: BinaryNode[] = [];
	if (protocols.has('contact')) answers.push(toContact(person, asked));
	if (protocols.has('devices')) answers.push(toDevices(person));
	if (protocols.has('lid') && person && !isLid(jid))
		answers.push(element('lid', { val: person.lid }));
	if (protocols.has('status')) answers.push(toStatus(person));
	return element('user', { jid }, answers);
}

/** Whether it is on WhatsApp, with the number as it was asked. */
const toContact = (person: Person | undefined, asked: string | undefined): BinaryNode =>
	element(
		'contact',
		{ type: person ? 'in' : 'out' },
		asked ? Buffer.from(asked, 'utf8') : undefined,
	);

/** The about text; 401 when it is hidden, and empty when there is none. */
function toStatus(person: Person | undefined): BinaryNode {
	if (!person) return element('status', { code: NOT_FOUND });
	if (person instanceof Contact && person.hidesProfile) return element('status', { code: HIDDEN });
	const about = person.about ? Buffer.from(person.about, 'utf8') : undefined;
	return element('status', { t: nowSeconds() }, about);
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
