import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('messages that cannot be decrypted', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('the contact asks for a message again, and the client sends it in a new session', async () => {
		await client.message(await contact.sendText(phone, 'first'));
		await client.socket.sendMessage(contact.pn, { text: 'second' });
		await contact.receive(({ text }) => text === 'second');
		await client.message(await contact.sendText(phone, 'third'));
		contact.loseSessions(phone);
		const sent = await client.socket.sendMessage(contact.pn, { text: 'fourth' });
		const received = await contact.receive(({ id }) => id === sent?.key.id);
		expect(received.text).toBe('fourth');
		expect(simulator.counters.decryptErrors).toBeGreaterThan(0);
		expect(contact.duplicates).toBe(0);
	});

	test('the client asks for a message again, and the contact sends it in a new session', async () => {
		await client.message(await contact.sendText(phone, 'first'));
		await client.socket.sendMessage(contact.pn, { text: 'second' });
		await contact.receive(({ text }) => text === 'second');
		await client.message(await contact.sendText(phone, 'third'));
		await client.auth.keys.set({ session: { [`${contact.lidUser}_1.0`]: null } });
		const id = await contact.sendText(phone, 'fourth');
		expect((await client.message(id)).message?.conversation).toBe('fourth');
		await device.drained();
		expect(simulator.counters).toMatchObject({ retryReceipts: 1, nacks: { 500: 1 } });
	});
});
