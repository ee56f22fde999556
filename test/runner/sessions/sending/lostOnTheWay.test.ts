import type { Contact, Group, LinkedDevice } from '../../../simulator';
import type { UnreadableMessage } from '../../../simulator/events';
import { element } from '../../../simulator/stanzas/element';
import { SessionRig } from '../SessionRig';

let rig: SessionRig;
let device: LinkedDevice;
let ann: Contact;
let bob: Contact;
let group: Group;
let unreadable: UnreadableMessage[];
beforeEach(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	ann = rig.simulator.createContact({ number: '15550004001' });
	bob = rig.simulator.createContact({ number: '15550004002', addressing: 'lid' });
	group = rig.simulator.createGroup({ subject: 'Team', participants: [ann, bob, rig.phone] });
	unreadable = [];
	rig.simulator.on('unreadable', (message) => unreadable.push(message));
});
afterEach(() => rig.remove());

const send = (jid: string, text: string) => rig.sendDraft(jid, { kind: 'text', text });
const causes = () => unreadable.map(({ types, reason }) => `${types.join(' ')}: ${reason}`);
const textsOf = (contact: Contact) => contact.inbox.map(({ text }) => text);

/** Baileys waits ten seconds for each answer, whatever the test does. */
const PATIENT = { timeoutMs: 120_000 };

/** What is sent meanwhile gets as far as the wire, and the connection ends before WhatsApp has it. */
async function losing(sending: () => Promise<unknown>): Promise<void> {
	device.losesMessages = true;
	const lost = rig.simulator.next('messageLost');
	const sent = sending();
	await lost;
	device.drop('tcpReset');
	device.losesMessages = false;
	await sent;
}

test('a group message that brings the group its key, lost with the connection, can be read when it is sent again', async () => {
	await losing(() => send(group.jid, 'first'));
	await send(group.jid, 'second');
	await Promise.all([ann.received(2), bob.received(2)]);
	expect(causes()).toEqual([]);
	expect(textsOf(ann)).toEqual(['first', 'second']);
	expect(textsOf(bob)).toEqual(['first', 'second']);
});

test('messages to people, lost with the connection, can be read when they are sent again', async () => {
	await losing(() => Promise.all([send(ann.pn, 'to ann'), send(bob.lid, 'to bob')]));
	await Promise.all([send(ann.pn, 'to ann again'), send(bob.lid, 'to bob again')]);
	await Promise.all([ann.received(2), bob.received(2)]);
	expect(causes()).toEqual([]);
	expect(textsOf(ann)).toEqual(['to ann', 'to ann again']);
});

test('a group message for which WhatsApp does not say in time who has which devices leaves when it does', async () => {
	rig.simulator.leaveUnanswered('usync/get/usync/devices', 1);
	await send(group.jid, 'first');
	await send(group.jid, 'second');
	await Promise.all([ann.received(2, PATIENT), bob.received(2, PATIENT)]);
	expect(causes()).toEqual([]);
	expect(textsOf(ann)).toEqual(['first', 'second']);
	expect(textsOf(bob)).toEqual(['first', 'second']);
}, 180_000);

test('a group message for which WhatsApp does not give the keys of all members in time leaves when it does', async () => {
	await send(ann.pn, 'to ann');
	await ann.received(1, PATIENT);
	// Baileys asks twice before it goes on without an answer.
	rig.simulator.leaveUnanswered('encrypt/get/key', 2);
	await send(group.jid, 'first');
	await send(group.jid, 'second');
	await Promise.all([ann.received(3, PATIENT), bob.received(2, PATIENT)]);
	expect(causes()).toEqual([]);
	expect(textsOf(ann)).toEqual(['to ann', 'first', 'second']);
	expect(textsOf(bob)).toEqual(['first', 'second']);
}, 180_000);

test('a group message that a member asks for again while WhatsApp does not answer reaches it when it does', async () => {
	const { messageId: id } = await send(group.jid, 'first');
	await Promise.all([ann.received(1, PATIENT), bob.received(1, PATIENT)]);
	// Without keys of its own, so that WhatsApp has to be asked for them.
	rig.simulator.leaveUnanswered('encrypt/get/key', 1);
	const again = rig.simulator.next('messageFromClient', PATIENT);
	const attributes = { id, from: group.jid, participant: bob.lid, type: 'retry', t: 1 };
	const retry = element('retry', { count: 1, id, t: 1, v: 1 });
	device.deliver(element('receipt', attributes, [retry]));
	const [{ node }] = await again;
	expect(node.attrs).toMatchObject({ id, to: group.jid, participant: bob.lid });
	await device.drained(PATIENT);
	await rig.until(() => bob.duplicates === 1, 'the message at the member who asked');
	expect(causes()).toEqual([]);
	expect(ann.duplicates).toBe(0);
}, 180_000);
