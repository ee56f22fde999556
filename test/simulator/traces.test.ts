import {
	startSimulator,
	type Contact,
	type Group,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('what contacts see of a client besides its messages', () => {
	let simulator: Simulator;
	let phone: Phone;
	let ann: Contact;
	let bob: Contact;
	let group: Group;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		ann = simulator.createContact({ number: '15550002222' });
		bob = simulator.createContact({ number: '15550003333', addressing: 'lid' });
		group = simulator.createGroup({ subject: 'All', participants: [ann, bob, phone] });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('typing, recording and pausing are seen by the contact only, under either of its names', async () => {
		await client.socket.sendPresenceUpdate('composing', ann.pn);
		expect(await ann.seesTyping('composing')).toMatchObject({ chatJid: ann.pn });
		await client.socket.sendPresenceUpdate('recording', ann.pn);
		await ann.seesTyping('recording');
		await client.socket.sendPresenceUpdate('paused', bob.lid);
		expect(await bob.seesTyping('paused')).toMatchObject({ chatJid: bob.lid });
		expect(ann.traces.typing.map(({ state }) => state)).toEqual(['composing', 'recording']);
	});

	test('typing in a group is seen by all members', async () => {
		const after = ann.traces.typing.length;
		await client.socket.sendPresenceUpdate('composing', group.jid);
		expect(await ann.seesTyping('composing', { after })).toMatchObject({ chatJid: group.jid });
		await bob.seesTyping('composing');
	});

	test('that a message was read or played is told to its author', async () => {
		const { key } = await client.message(await ann.sendText(phone, 'hello'));
		const inGroup = await client.message(await bob.sendText(group, 'all'));
		await device.drained();
		expect(ann.traces.hasReceipt(key.id ?? '', 'read')).toBe(false);
		await client.socket.readMessages([key, inGroup.key]);
		await ann.readByClient(key.id ?? '');
		await bob.readByClient(inGroup.key.id ?? '');
		await client.socket.sendReceipts([key], 'played');
		await ann.playedByClient(key.id ?? '');
		expect(ann.traces.hasReceipt(inGroup.key.id ?? '', 'read')).toBe(false);
	});

	test('an owner who keeps read receipts back reads unseen', async () => {
		phone.readReceipts = 'none';
		await client.socket.fetchPrivacySettings(true);
		const { key } = await client.message(await ann.sendText(phone, 'seen?'));
		await client.socket.readMessages([key]);
		await device.receipt(key.id ?? '', 'read-self');
		expect(ann.traces.hasReceipt(key.id ?? '', 'read')).toBe(false);
	});
});
