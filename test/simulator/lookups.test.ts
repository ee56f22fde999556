import { startSimulator, type Group, type Simulator } from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('what a client asks the server', () => {
	let simulator: Simulator;
	let client: PlainClient;
	let group: Group;

	beforeAll(async () => {
		simulator = await startSimulator();
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		const contact = simulator.createContact({
			number: '555499887766',
			aliases: ['5554999887766'],
		});
		simulator.createContact({ number: '15550003333', registered: false });
		group = simulator.createGroup({ subject: 'Two', participants: [contact, phone] });
		({ client } = await linkPlainClient(simulator, phone, { defaultQueryTimeoutMs: 500 }));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('a number that is known under another form leads to the registered account', async () => {
		expect(await client.socket.onWhatsApp('+555499887766', '5554999887766')).toEqual([
			{ jid: '555499887766@s.whatsapp.net', exists: true },
			{ jid: '555499887766@s.whatsapp.net', exists: true },
		]);
	});

	test('numbers that are not on WhatsApp are out', async () => {
		expect(await client.socket.onWhatsApp('+15550003333', '+15550009999')).toEqual([]);
	});

	test('queries about numbers are counted, and only those', async () => {
		const before = simulator.counters.contactQueries;
		await client.socket.onWhatsApp('+555499887766');
		await client.socket.groupMetadata(group.jid);
		expect(simulator.counters.contactQueries).toBe(before + 1);
		expect(simulator.counters.queries['w:g2/get/query']).toBe(1);
	});

	test('a kind of query can be left unanswered until that is ended', async () => {
		const answerAgain = simulator.leaveUnanswered('usync/get/usync/contact');
		expect(await client.socket.onWhatsApp('+555499887766')).toBeUndefined();
		answerAgain();
		expect(await client.socket.onWhatsApp('+555499887766')).toHaveLength(1);
	});

	test('a group query that is repeated too often gets rate-overlimit', async () => {
		simulator.groupQueryLimit = 1;
		await client.socket.groupMetadata(group.jid);
		const refusal = await client.socket.groupMetadata(group.jid).catch((error: unknown) => error);
		expect(refusal).toMatchObject({ message: 'rate-overlimit', data: 429 });
		simulator.groupQueryLimit = undefined;
		await client.socket.groupMetadata(group.jid);
	});
});
