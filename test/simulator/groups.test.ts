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

describe.each(['lid', 'pn'] as const)('a group addressed by %s', (addressing) => {
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
		ann = simulator.createContact({ number: '15550002222', name: 'Ann' });
		bob = simulator.createContact({ number: '15550003333', name: 'Bob', addressing: 'lid' });
		group = simulator.createGroup({
			subject: 'Everyone',
			participants: [ann, bob, phone],
			addressing,
		});
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterEach(async () => {
		await device.drained();
		expect(simulator.counters).toMatchObject({ nacks: {}, retryReceipts: 0, decryptErrors: 0 });
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('its members are told to the client', async () => {
		const metadata = await client.socket.groupMetadata(group.jid);
		expect(metadata).toMatchObject({
			id: group.jid,
			subject: 'Everyone',
			addressingMode: addressing,
		});
		expect(metadata.participants.map(({ id }) => id)).toEqual(
			[ann, bob, phone].map((person) => group.jidOf(person)),
		);
		expect(Object.keys(await client.socket.groupFetchAllParticipating())).toEqual([group.jid]);
	});

	test('messages of members reach the client, also after a new sender key', async () => {
		const first = await client.message(await ann.sendText(group, 'hello all'));
		expect(first.message?.conversation).toBe('hello all');
		expect(first.key).toMatchObject({ remoteJid: group.jid, participant: group.jidOf(ann) });
		const second = await client.message(await bob.sendText(group, 'hello Ann'));
		expect(second.key.participant).toBe(group.jidOf(bob));
		await client.message(await ann.sendText(group, 'again'));
		ann.rotateSenderKey(group);
		const rotated = await client.message(await ann.sendText(group, 'with a new key'));
		expect(rotated.message?.conversation).toBe('with a new key');
	});

	test('a message of the client reaches every member and the phone, and each answers for itself', async () => {
		for (const text of ['first to all', 'second to all']) {
			const id = (await client.socket.sendMessage(group.jid, { text }))?.key.id ?? '';
			for (const member of [ann, bob]) {
				const received = await member.receive((message) => message.id === id);
				expect(received).toMatchObject({ text, chatJid: group.jid });
				await client.groupReceipt(id, group.jidOf(member), 'receiptTimestamp');
			}
			expect((await phone.receiveCopy((copy) => copy.id === id)).text).toBe(text);
			ann.markRead(id);
			await client.groupReceipt(id, group.jidOf(ann), 'readTimestamp');
		}
	});

	test("what the owner types in the group on the phone is the client's own message", async () => {
		const message = await client.message(await phone.sendText(group, 'typed on the phone'));
		expect(message.key).toMatchObject({ remoteJid: group.jid, fromMe: true });
	});

	test('members reply and react in the group', async () => {
		const id = (await client.socket.sendMessage(group.jid, { text: 'question' }))?.key.id ?? '';
		const question = await ann.receive((message) => message.id === id);
		const reply = await client.message(await ann.reply(group, question, 'answer'));
		expect(reply.message?.extendedTextMessage?.contextInfo).toMatchObject({
			stanzaId: id,
			participant: group.jidOf(phone),
		});
		const reaction = await client.message(await bob.react(group, { id }, '👍'));
		expect(reaction.message?.reactionMessage?.key).toMatchObject({ id, fromMe: true });
	});
});

describe('a group message that cannot be decrypted', () => {
	test('is sent again with the sender key', async () => {
		const simulator = await startSimulator();
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		const ann = simulator.createContact({ number: '15550002222' });
		const group = simulator.createGroup({ subject: 'Two', participants: [ann, phone] });
		const { client, device } = await linkPlainClient(simulator, phone);
		await client.message(await ann.sendText(group, 'first'));
		const name = `${group.jid}::${ann.lidUser}_1::0`;
		await client.auth.keys.set({ 'sender-key': { [name]: null } });
		const id = await ann.sendText(group, 'second');
		expect((await client.message(id)).message?.conversation).toBe('second');
		await client.message(await ann.sendText(group, 'third'));
		await device.drained();
		expect(simulator.counters.retryReceipts).toBe(1);
		client.end();
		await simulator.stop();
	});
});
