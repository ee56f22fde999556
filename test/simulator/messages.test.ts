import type { BinaryNode } from '@whiskeysockets/baileys';
import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('messages between a linked client and a contact', () => {
	let simulator: Simulator;
	let phone: Phone;
	let byNumber: Contact;
	let byLid: Contact;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		byNumber = simulator.createContact({ number: '15550002222', name: 'Contact' });
		byLid = simulator.createContact({ number: '15550003333', addressing: 'lid' });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterEach(() => {
		expect(simulator.counters.nacks).toEqual({});
		expect(simulator.counters.unknownQueries).toEqual({});
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	const send = async (jid: string, text: string): Promise<string> =>
		(await client.socket.sendMessage(jid, { text }))?.key.id ?? '';

	test('a text of a contact reaches the client and is receipted', async () => {
		const id = await byNumber.sendText(phone, 'hello');
		const message = await client.message(id);
		expect(message.message?.conversation).toBe('hello');
		expect(message.pushName).toBe('Contact');
		expect(message.key).toMatchObject({ remoteJid: byNumber.pn, fromMe: false });
		expect(await device.receipted(id)).toEqual({ by: 'receipt', detail: undefined });
	});

	test('a text of the client reaches the contact, its receipts the client, a copy the phone', async () => {
		const id = await send(byNumber.pn, 'hi there');
		const received = await byNumber.receive((message) => message.id === id);
		expect(received).toMatchObject({ text: 'hi there', chatJid: byNumber.pn, type: 'text' });
		await client.status(id, 3);
		byNumber.markRead(id);
		await client.status(id, 4);
		byNumber.markPlayed(id);
		await client.status(id, 5);
		expect(await phone.receiveCopy((copy) => copy.id === id)).toMatchObject({
			text: 'hi there',
			chatJid: byNumber.pn,
		});
	});

	test('a contact with a hidden identity writes and is written to', async () => {
		const id = await byLid.sendText(phone, 'from a hidden identity');
		const message = await client.message(id);
		expect(message.key).toMatchObject({ remoteJid: byLid.lid, remoteJidAlt: byLid.pn });
		const answer = await send(byLid.lid, 'to a hidden identity');
		const received = await byLid.receive((found) => found.id === answer);
		expect(received).toMatchObject({ text: 'to a hidden identity', chatJid: byLid.lid });
		await client.status(answer, 3);
		await send(byLid.pn, 'to its number');
		await byLid.receive(({ text }) => text === 'to its number');
		expect(simulator.counters.decryptErrors).toBe(0);
	});

	test('fifty messages each way keep their order and lose nothing', async () => {
		const numbers = Array.from({ length: 50 }, (_, index) => String(index));
		const ids = await Promise.all(numbers.map((text) => byNumber.sendText(phone, `in ${text}`)));
		for (const text of numbers) await send(byNumber.pn, `out ${text}`);
		await client.message(ids.at(-1) ?? '');
		await byNumber.receive(({ text }) => text === 'out 49');
		const inbound = client.upserts.filter(({ key }) => ids.includes(key.id ?? ''));
		expect(inbound.map(({ message }) => message?.conversation)).toEqual(
			numbers.map((text) => `in ${text}`),
		);
		const outbound = byNumber.inbox
			.map(({ text }) => text)
			.filter((text) => text.startsWith('out'));
		expect(outbound).toEqual(numbers.map((text) => `out ${text}`));
		expect(simulator.counters.decryptErrors).toBe(0);
	});

	test('a new session of the contact is accepted by the client', async () => {
		byNumber.startNewSession(phone);
		const id = await byNumber.sendText(phone, 'anew');
		expect((await client.message(id)).message?.conversation).toBe('anew');
	});

	test('replies, reactions, edits, deletions and link previews arrive as such', async () => {
		const asked = await send(byNumber.pn, 'question');
		const question = await byNumber.receive(({ id }) => id === asked);
		const reply = await client.message(await byNumber.reply(phone, question, 'answer'));
		expect(reply.message?.extendedTextMessage).toMatchObject({
			text: 'answer',
			contextInfo: { stanzaId: asked, participant: phone.pn },
		});
		const reaction = await client.message(await byNumber.react(phone, question, '👍'));
		expect(reaction.message?.reactionMessage).toMatchObject({
			text: '👍',
			key: { id: asked, fromMe: true },
		});
		const id = await byNumber.sendText(phone, 'see https://example.com', {
			linkPreview: { url: 'https://example.com', title: 'Example' },
		});
		expect((await client.message(id)).message?.extendedTextMessage?.title).toBe('Example');
		await byNumber.edit(phone, id, 'changed');
		await client.until(
			() =>
				client.updates.find(({ key, update }) => key.id === id && update.message?.editedMessage),
			'the edit',
		);
		await byNumber.revoke(phone, id);
		await client.until(
			() => client.updates.find(({ key, update }) => key.id === id && update.message === null),
			'the deletion',
		);
	});

	test('what the owner types on the phone reaches the client as its own message', async () => {
		const toNumber = await phone.sendText(byNumber, 'typed on the phone');
		expect((await client.message(toNumber)).key).toMatchObject({
			remoteJid: byNumber.pn,
			fromMe: true,
		});
		const toLid = await phone.sendText(byLid, 'typed as well');
		expect((await client.message(toLid)).key).toMatchObject({
			remoteJid: byLid.lid,
			remoteJidAlt: byLid.pn,
			fromMe: true,
		});
		await device.drained();
	});

	test('typing is seen in both directions', async () => {
		byNumber.typing(phone);
		await client.until(
			() => client.presences.find(({ id }) => id === byNumber.pn),
			'a presence of the contact',
		);
		await client.socket.sendPresenceUpdate('composing', byNumber.pn);
		await phone.presence.chatState(byNumber.pn, 'composing');
	});

	test('receipts for several messages go together in both directions', async () => {
		const incoming = [];
		for (const text of ['one', 'two', 'three']) {
			incoming.push(await client.message(await byNumber.sendText(phone, text)));
		}
		await client.socket.readMessages(incoming.map(({ key }) => key));
		for (const { key } of incoming) await device.receipt(key.id ?? '', 'read');
		const outgoing = [await send(byNumber.pn, 'four'), await send(byNumber.pn, 'five')];
		for (const id of outgoing) await byNumber.receive((message) => message.id === id);
		byNumber.markRead(...outgoing);
		for (const id of outgoing) await client.status(id, 4);
	});

	test('an error of the server marks the message as failed and keeps it from the contact', async () => {
		byNumber.refuseNext({ error: 479 });
		const id = await send(byNumber.pn, 'refused');
		await client.status(id, 0);
		expect(byNumber.inbox.some((message) => message.id === id)).toBe(false);
		const next = await send(byNumber.pn, 'accepted');
		await byNumber.receive((message) => message.id === next);
	});

	test('held acks and receipts come when they are let go', async () => {
		const acks: string[] = [];
		client.socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
			acks.push(attrs.id ?? '');
		});
		byNumber.holdAcks(true);
		const id = await send(byNumber.pn, 'unanswered');
		await byNumber.receive((message) => message.id === id);
		expect(acks).not.toContain(id);
		byNumber.holdAcks(false);
		await client.status(id, 3);
		expect(acks).toContain(id);
	});

	test('a message sent again under its id is counted and not read twice', async () => {
		const id = await send(byNumber.pn, 'once');
		await byNumber.receive((message) => message.id === id);
		const before = byNumber.duplicates;
		await client.socket.sendMessage(byNumber.pn, { text: 'once' }, { messageId: id });
		const last = await send(byNumber.pn, 'after');
		await byNumber.receive((message) => message.id === last);
		expect(byNumber.duplicates).toBe(before + 1);
		expect(byNumber.inbox.filter((message) => message.id === id)).toHaveLength(1);
	});

	test('numbers are reported as on WhatsApp or not', async () => {
		simulator.createContact({ number: '15550009999', registered: false });
		const found = await client.socket.onWhatsApp('15550002222', '15550009999', '15550008888');
		expect(found?.filter(({ exists }) => exists).map(({ jid }) => jid)).toEqual([byNumber.pn]);
	});

	test('waiting for a message that does not come says what is there', async () => {
		await send(byLid.lid, 'something else');
		await byLid.received(1);
		await expect(byLid.receive(({ text }) => text === 'never', { timeoutMs: 20 })).rejects.toThrow(
			/a matching message in the inbox of 15550003333@s\.whatsapp\.net/,
		);
	});
});
