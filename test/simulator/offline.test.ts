import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import { PlainClient } from './PlainClient';

describe('a client that was offline', () => {
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

	beforeEach(async () => {
		if (!client.open || !device.online) await reconnect();
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	const reconnect = async (): Promise<void> => {
		client.open = false;
		client.connect();
		await client.whenOpen();
	};

	test('gets what came meanwhile, in order and marked as offline', async () => {
		client.end();
		await device.whenOffline();
		const ids: string[] = [];
		for (const text of ['one', 'two', 'three']) ids.push(await contact.sendText(phone, text));
		expect(device.unreceipted.map(({ attrs }) => attrs.id)).toEqual(ids);
		await reconnect();
		await device.drained();
		await client.message(ids[2] ?? '');
		const found = client.upserts.filter(({ key }) => ids.includes(key.id ?? ''));
		expect(found.map(({ message }) => message?.conversation)).toEqual(['one', 'two', 'three']);
		expect(found.map(({ upsertType }) => upsertType)).toEqual(['append', 'append', 'append']);
	});

	test('gets what came between its linking and its first login', async () => {
		const other = new PlainClient(simulator).connect();
		const otherPhone = simulator.createPhone({ number: '15550005555' });
		const linked = await otherPhone.scan(await other.qr());
		const id = await contact.sendText(otherPhone, 'early');
		expect((await other.message(id)).message?.conversation).toBe('early');
		await linked.receipted(id);
		other.end();
	});

	test('gets a message again whose receipt was lost with the connection', async () => {
		const { redeliveries } = simulator.counters;
		device.loseReceipts(true);
		const id = await contact.sendText(phone, 'again');
		await client.message(id);
		const seen = client.closings.length;
		device.drop('tcpReset');
		await client.closing(seen);
		device.loseReceipts(false);
		expect(device.unreceipted.map(({ attrs }) => attrs.id)).toEqual([id]);
		await reconnect();
		await device.drained();
		expect(simulator.counters.redeliveries).toBe(redeliveries + 1);
		// Plain Baileys cannot read a message twice and refuses the second one for good.
		expect(simulator.counters.nacks).toEqual({ 487: 1 });
	});

	test('gets receipts that came meanwhile', async () => {
		contact.autoReceipts.delivered = false;
		const sent = await client.socket.sendMessage(contact.pn, { text: 'hello' });
		const { id } = await contact.receive();
		expect(id).toBe(sent?.key.id);
		client.end();
		await device.whenOffline();
		contact.autoReceipts.delivered = true;
		contact.markRead(id);
		await reconnect();
		await client.status(id, 4);
		await device.drained();
	});

	test('waiting for a client that stays away says so', async () => {
		client.end();
		await device.whenOffline();
		await contact.sendText(phone, 'anyone?');
		await expect(device.drained({ timeoutMs: 10 })).rejects.toThrow(
			/15550001111:1@s\.whatsapp\.net to settle everything; it is offline, 1 unsettled/,
		);
	});
});

describe('a simulator that redelivers to connected clients', () => {
	test('hands a message without a receipt over again', async () => {
		const simulator = await startSimulator({ redeliverAfterMs: 250 });
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		const contact = simulator.createContact({ number: '15550002222' });
		const { client, device } = await linkPlainClient(simulator, phone);
		device.loseReceipts(true);
		const id = await contact.sendText(phone, 'again');
		await simulator.next('nack');
		device.loseReceipts(false);
		await device.receipted(id);
		expect(simulator.counters.redeliveries).toBeGreaterThan(0);
		client.end();
		await simulator.stop();
	});
});
