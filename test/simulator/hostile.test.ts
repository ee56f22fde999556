import { proto } from '@whiskeysockets/baileys';
import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('a contact that lies', () => {
	let simulator: Simulator;
	let phone: Phone;
	let ann: Contact;
	let mallory: Contact;
	let client: PlainClient;
	let device: LinkedDevice;
	const sent = new Map<string, proto.IMessage>();

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		ann = simulator.createContact({ number: '15550002222' });
		mallory = simulator.createContact({ number: '15550006666' });
		({ client, device } = await linkPlainClient(simulator, phone, {
			// As the documentation of Baileys shows it: by id alone.
			getMessage: ({ id }) => Promise.resolve(sent.get(id ?? '')),
		}));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('writes under the id of a message of somebody else, and says odd things in the stanza', async () => {
		const id = await ann.sendText(phone, 'of Ann');
		await mallory.sendText(phone, 'of Mallory', { id, attributes: { notify: 'Ann' } });
		const found = await client.until(
			() => client.upserts.find(({ key }) => key.remoteJid === mallory.pn),
			'the message of Mallory',
		);
		expect(found.key.id).toBe(id);
		expect(found.pushName).toBe('Ann');
		await device.drained();
	});

	test('gives receipts for a message to somebody else', async () => {
		const message = await client.socket.sendMessage(ann.pn, { text: 'for Ann' });
		const id = message?.key.id ?? '';
		mallory.sendStanza(phone, 'receipt', { id, type: 'read' });
		await client.status(id, proto.WebMessageInfo.Status.READ);
		await device.drained();
	});

	test('asks for a message to somebody else, and reads it when a client is so kind', async () => {
		const message = await client.socket.sendMessage(ann.pn, { text: 'for Ann alone' });
		const id = message?.key.id ?? '';
		sent.set(id, message?.message ?? {});
		await ann.receive((received) => received.id === id);
		mallory.askFor(phone, id);
		expect((await mallory.receive()).text).toBe('for Ann alone');
		await device.drained();
	});
});
