import { startSimulator, type Contact, type Phone, type Simulator } from './index';
import { PlainClient } from './PlainClient';

describe('messages between a linked client and a contact', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Contact' });
		client = new PlainClient(simulator).connect();
		await phone.scan(await client.qr());
		await client.whenOpen();
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('a text of a contact reaches the client and is receipted', async () => {
		const id = await contact.sendText(phone, 'hello');
		const message = await client.message(id);
		expect(message.message?.conversation).toBe('hello');
		expect(message.key).toMatchObject({ remoteJid: contact.pn, fromMe: false });
		expect((await phone.devices[0]?.receipted(id))?.by).toBe('receipt');
	});

	test('a text of the client reaches the contact, and its receipts reach the client', async () => {
		const sent = await client.socket.sendMessage(contact.pn, { text: 'hi there' });
		const id = sent?.key.id ?? '';
		const received = await contact.receive((message) => message.id === id);
		expect(received.text).toBe('hi there');
		await client.status(id, 3);
		contact.markRead(id);
		await client.status(id, 4);
		expect((await phone.receiveCopy((copy) => copy.id === id)).text).toBe('hi there');
	});
});
