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

describe('a contact that hides its number', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let group: Group;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeEach(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({
			number: '15550002222',
			addressing: 'lid',
			hidesNumber: true,
		});
		group = simulator.createGroup({ subject: 'Two', participants: [contact, phone] });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterEach(async () => {
		await device.drained();
		expect(simulator.counters).toMatchObject({ nacks: {}, decryptErrors: 0, retryReceipts: 0 });
		client.end();
		await simulator.stop();
	});

	const numberOf = () => client.socket.signalRepository.lidMapping.getPNForLID(contact.lid);

	test('writes and is written to, in chats and groups, without its number being told', async () => {
		const message = await client.message(await contact.sendText(phone, 'guess who'));
		expect(message.key.remoteJid).toBe(contact.lid);
		expect(message.key.remoteJidAlt).toBeFalsy();
		await client.socket.sendMessage(contact.lid, { text: 'no idea' });
		await contact.receive(({ text }) => text === 'no idea');
		const inGroup = await client.message(await contact.sendText(group, 'me again'));
		expect(inGroup.key.participantAlt).toBeFalsy();
		const { participants } = await client.socket.groupMetadata(group.jid);
		expect(participants[0]).toEqual({ id: contact.lid, admin: 'superadmin' });
		await client.socket.sendMessage(group.jid, { text: 'still no idea' });
		await contact.receive(({ text }) => text === 'still no idea');
		expect(await numberOf()).toBeNull();
	});

	test('is recognised when a later message tells its number', async () => {
		await client.message(await contact.sendText(phone, 'guess who'));
		contact.hidesNumber = false;
		const message = await client.message(await contact.sendText(phone, 'it is me'));
		expect(message.key).toMatchObject({ remoteJid: contact.lid, remoteJidAlt: contact.pn });
		expect(await numberOf()).toMatch(/^15550002222\b/);
	});

	test('is recognised when the client writes to its number', async () => {
		await client.message(await contact.sendText(phone, 'guess who'));
		await client.socket.sendMessage(contact.pn, { text: 'is it you?' });
		await contact.receive(({ text }) => text === 'is it you?');
		expect(await numberOf()).toMatch(/^15550002222\b/);
	});
});
