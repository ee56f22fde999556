import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { childrenOf, element } from '../../simulator/stanzas/element';
import type { Contact, Group, LinkedDevice } from '../../simulator';
import { SessionRig } from './SessionRig';

let rig: SessionRig;
let device: LinkedDevice;
let bob: Contact;
let numbers = 15550005000;

beforeAll(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	bob = rig.simulator.createContact({ number: '15550004999' });
});
afterAll(() => rig.remove());

const send = async (jid: string, text: string) =>
	(await rig.sendDraft(jid, { kind: 'text', text })).messageId;

/** Somebody who never asks for what they cannot read, and reads a group so far. */
async function createMember(addressing: 'lid' | 'pn'): Promise<{ ann: Contact; group: Group }> {
	const ann = rig.simulator.createContact({ number: String(++numbers), addressing });
	ann.asksAgain = false;
	const participants = [ann, bob, rig.phone];
	const group = rig.simulator.createGroup({ subject: 'Team', participants, addressing });
	await ann.sendText(rig.phone, 'hello');
	await device.drained();
	await reads(ann, group.jid, 'before');
	return { ann, group };
}

async function reads(reader: Contact, jid: string, text: string): Promise<void> {
	await send(jid, text);
	await reader.receive((message) => message.text === text, { timeoutMs: 2_000 });
}

describe('somebody with a new phone who never asks for a message again', () => {
	test.each([
		['lid', 'lid'],
		['lid', 'pn'],
		['pn', 'lid'],
		['pn', 'pn'],
	] as const)(
		'reads what comes next in a group that names them by %s, told of by %s',
		async (addressing, told) => {
			const { ann, group } = await createMember(addressing);
			ann.reinstall(rig.phone, { from: ann[told] });
			await device.drained();
			await reads(ann, group.jid, 'in the group');
			await reads(ann, ann.pn, 'to them alone');
		},
	);

	test('reads what comes next after a restart', async () => {
		const { ann, group } = await createMember('lid');
		ann.reinstall(rig.phone);
		await device.drained();
		await rig.restart();
		await rig.untilState('connected');
		await reads(ann, group.jid, 'after the restart');
	});

	test('reads what comes next when WhatsApp tells it while the runner is away', async () => {
		const { ann, group } = await createMember('lid');
		device.drop('tcpReset');
		await device.whenOffline();
		ann.reinstall(rig.phone);
		await device.drained();
		await reads(ann, group.jid, 'after the connection');
	});

	test('is forgotten on disk before WhatsApp hears that it was taken', async () => {
		const { ann, group } = await createMember('lid');
		const disk = new DatabaseSync(join(rig.folder, 'runner.db'), { readOnly: true });
		const sessions = disk.prepare(
			`SELECT id FROM signal_keys WHERE type = 'session' AND id LIKE ?`,
		);
		const user = `${ann.lidUser}%`;
		expect(sessions.all(user)).toHaveLength(1);
		ann.reinstall(rig.phone);
		await device.drained();
		expect(sessions.all(user)).toEqual([]);
		disk.close();
		await reads(ann, group.jid, 'once more');
	});

	test('gets the keys of their groups again, and nobody else does', async () => {
		const { ann, group } = await createMember('lid');
		const holders: number[] = [];
		rig.simulator.on('messageFromClient', ({ node }) =>
			holders.push(childrenOf(childrenOf(node).find(({ tag }) => tag === 'participants')).length),
		);
		const identity = [element('identity')];
		bob.sendStanza(rig.phone, 'notification', { type: 'encrypt', participant: ann.lid }, identity);
		bob.sendStanza(rig.phone, 'notification', { type: 'encrypt', from: group.jid }, identity);
		await device.drained();
		await reads(ann, group.jid, 'bob alone');
		await reads(ann, group.jid, 'nobody');
		ann.reinstall(rig.phone);
		await device.drained();
		await reads(ann, group.jid, 'ann alone');
		expect(holders).toEqual([1, 0, 1]);
	});
});
