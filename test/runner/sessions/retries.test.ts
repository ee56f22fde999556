import type { BinaryNode } from '@whiskeysockets/baileys';
import { systemClock } from '../../../runner/Clock';
import { MessageLookup } from '../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import type { Contact, Group, LinkedDevice } from '../../simulator';
import { toKeysElement } from '../../simulator/queries/preKeys';
import { nowSeconds } from '../../simulator/stanzas/bigEndian';
import { element } from '../../simulator/stanzas/element';
import { INSTANCE, SessionRig } from './SessionRig';

let rig: SessionRig;
let device: LinkedDevice;
let ann: Contact;
let mallory: Contact;
let group: Group;
/** What leaves for WhatsApp, as it stands in the frames. */
let sent: BinaryNode[];

beforeAll(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	ann = rig.simulator.createContact({ number: '15550004001', addressing: 'lid' });
	mallory = rig.simulator.createContact({ number: '15550004002' });
	group = rig.simulator.createGroup({ subject: 'Team', participants: [ann, rig.phone] });
	rig.simulator.on('messageFromClient', ({ node }) => sent.push(node));
});
beforeEach(() => {
	sent = [];
});
afterAll(() => rig.remove());

type Attributes = Record<string, string | undefined>;

const send = async (jid: string, text: string) =>
	(await rig.sendDraft(jid, { kind: 'text', text })).messageId;

/** Asks with new keys, as phones do, and resolves when it is answered. */
async function ask(asker: Contact, attributes: Attributes, more: string[] = []): Promise<void> {
	const { id } = attributes;
	const keys = toKeysElement(asker.party.createBundle());
	const items = more.map((other) => element('item', { id: other }));
	const list = items.length > 0 ? [element('list', {}, items)] : [];
	const retry = element('retry', { count: 1, id, t: nowSeconds(), v: 1 });
	device.deliver(
		element('receipt', { from: asker.jid, type: 'retry', t: nowSeconds(), ...attributes }, [
			...list,
			retry,
			...keys,
		]),
	);
	await device.drained();
}

const toLookup = () =>
	new MessageLookup({
		messages: new MessageRepository(rig.database, 30 * 86_400_000),
		clock: systemClock,
		toMediaUrl: (_instance, hash) => `https://runner.test/${hash}`,
		nameOf: () => null,
		keyOf: () => '',
	});

const idsSent = () => sent.map(({ attrs }) => attrs.id);

describe('a message that somebody asks for again', () => {
	test('never goes to whom it was not sent, whatever the receipt claims', async () => {
		const id = await send(ann.pn, 'for ann alone');
		await ann.receive(({ text }) => text === 'for ann alone');
		sent = [];
		await ask(mallory, { id });
		await ask(mallory, { id, participant: ann.pn });
		await ask(mallory, { id, recipient: ann.pn });
		await ask(mallory, { id, participant: rig.phone.pn, recipient: ann.pn });
		await ask(mallory, { id, category: 'peer', participant: ann.lid });
		await ask(mallory, { id: 'ABC' }, [id]);
		expect(idsSent()).toEqual([]);
		expect(mallory.inbox).toEqual([]);
		await send(ann.pn, 'still for ann');
		await ann.receive(({ text }) => text === 'still for ann');
	});

	test('never goes to whom it was not sent after a restart either', async () => {
		const id = await send(ann.pn, 'before the restart');
		await rig.restart();
		await rig.untilState('connected');
		sent = [];
		await ask(mallory, { id });
		expect(idsSent()).toEqual([]);
		await ask(ann, { id });
		expect(sent.map(({ attrs }) => [attrs.id, attrs.to])).toEqual([[id, ann.lid]]);
	});

	test('goes to its recipient under the number as well as under the hidden identity', async () => {
		const id = await send(ann.pn, 'by any name');
		sent = [];
		await ask(ann, { id, from: ann.pn });
		await ask(ann, { id, from: ann.lid });
		expect(sent.map(({ attrs }) => attrs.to)).toEqual([ann.pn, ann.lid]);
	});

	test('goes to none who joined the group later, and only to the member who asks', async () => {
		const id = await send(group.jid, 'before mallory');
		await ann.receive(({ text }) => text === 'before mallory');
		group.join(mallory);
		await device.drained();
		sent = [];
		await ask(mallory, { id, from: group.jid, participant: mallory.pn });
		expect(idsSent()).toEqual([]);
		await ask(ann, { id, from: group.jid, participant: ann.lid });
		expect(sent.map(({ attrs }) => [attrs.to, attrs.participant])).toEqual([[group.jid, ann.lid]]);
		await send(group.jid, 'after mallory');
		await mallory.receive(({ text }) => text === 'after mallory');
		expect(mallory.inbox.map(({ text }) => text)).not.toContain('before mallory');
	});

	test('goes to nobody in another chat than its own', async () => {
		const inGroup = await send(group.jid, 'for the group');
		const direct = await send(ann.pn, 'not for the group');
		sent = [];
		await ask(ann, { id: inGroup });
		await ask(ann, { id: direct, from: group.jid, participant: ann.lid });
		expect(idsSent()).toEqual([]);
	});

	test('goes to nobody once it is deleted', async () => {
		const id = await send(ann.pn, 'a mistake');
		await ann.receive(({ text }) => text === 'a mistake');
		const target = toLookup().findStored(INSTANCE, { messageId: id });
		if (!target) throw new Error('The message is not in the journal.');
		await rig.sendDraft(ann.pn, { kind: 'delete', target });
		await rig.until(() => rig.of('status').some(({ status }) => status === 'DELETED'), 'deleted');
		sent = [];
		await ask(ann, { id });
		expect(idsSent()).toEqual([]);
	});

	test('goes to the account’s own other devices', async () => {
		const id = await send(ann.pn, 'for the phone too');
		sent = [];
		await ask(ann, { id, from: rig.phone.pn, recipient: ann.pn });
		expect(sent.map(({ attrs }) => [attrs.to, attrs.recipient])).toEqual([[rig.phone.pn, ann.pn]]);
	});

	test('goes to a device five times at the most', async () => {
		const id = await send(ann.pn, 'again and again');
		sent = [];
		for (let n = 0; n < 10; n++) await ask(ann, { id });
		expect(sent).toHaveLength(5);
	});

	test('is told in the log when it is refused, without anything of it', () => {
		const lines = rig.logLines.filter((line) => line.includes('not sent again'));
		expect(new Set(lines.map((line) => (JSON.parse(line) as { reason: string }).reason))).toEqual(
			new Set(['stranger', 'malformed', 'unknown', 'deleted', 'too_often']),
		);
		for (const line of lines) expect(line).not.toMatch(/1555000|mallory|ann|@/);
	});
});
