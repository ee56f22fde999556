import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('a client that was offline', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeEach(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterEach(async () => {
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
		expect(simulator.counters.redeliveries).toBe(0);
	});

	test('gets a message again whose receipt was lost with the connection', async () => {
		device.loseReceipts(true);
		const id = await contact.sendText(phone, 'again');
		await client.message(id);
		device.drop('tcpReset');
		await client.closing(1);
		device.loseReceipts(false);
		expect(device.unreceipted.map(({ attrs }) => attrs.id)).toEqual([id]);
		await reconnect();
		await device.drained();
		expect(simulator.counters.redeliveries).toBe(1);
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
		contact.markRead(id);
		await reconnect();
		await client.status(id, 4);
		await device.drained();
	});

	test('a message without a receipt comes again to a connected client when that is asked for', async () => {
		client.end();
		await simulator.stop();
		simulator = await startSimulator({ redeliverAfterMs: 20 });
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		({ client, device } = await linkPlainClient(simulator, phone));
		const before = simulator.counters.redeliveries;
		device.loseReceipts(true);
		const id = await contact.sendText(phone, 'again');
		await simulator.next('nack');
		device.loseReceipts(false);
		await device.receipted(id);
		expect(simulator.counters.redeliveries).toBeGreaterThan(before);
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
