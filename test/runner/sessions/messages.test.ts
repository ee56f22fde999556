import type { LinkedDevice } from '../../simulator';
import { SessionRig } from './SessionRig';

describe('messages of a linked instance', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	let lastNumber = 15550002000;
	const newContact = (options: { addressing?: 'pn' | 'lid'; name?: string } = {}) =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });

	test('a text reaches the contact decrypted, is accepted, and each step is told once', async () => {
		const ann = newContact();
		const outcome = await rig.send(ann.number, 'hello Ann');
		expect(outcome.state).toBe('sent');
		const received = await ann.receive();
		expect(received).toMatchObject({ id: outcome.messageId, text: 'hello Ann' });
		expect(await rig.event('sent')).toMatchObject({
			message: 'Text sent successfully!',
			messageSent: 'hello Ann',
			number: ann.number,
			messageId: outcome.messageId,
			type: 'text',
			fromMe: true,
		});
		expect(await rig.event('status')).toMatchObject({
			messageId: outcome.messageId,
			number: ann.number,
			status: 'RECEIVED',
			whatsappStatus: { message: 'RECEIVED' },
		});
		ann.markRead(received.id);
		ann.markRead(received.id);
		expect(await rig.event('status', 2)).toMatchObject({ status: 'READ' });
		ann.markDelivered(received.id);
		await ann.reply(rig.phone, received, 'hello back');
		expect(await rig.event('status', 3)).toMatchObject({
			status: 'REPLIED',
			messageId: outcome.messageId,
		});
		expect(rig.of('status').map(({ status }) => status)).toEqual(['RECEIVED', 'READ', 'REPLIED']);
		expect(rig.of('sent')).toHaveLength(1);
	});

	test('an incoming text is told with both identities of its sender', async () => {
		const ann = newContact({ name: 'Ann' });
		const id = await ann.sendText(rig.phone, 'hello there');
		expect(await rig.event('received')).toMatchObject({
			messageId: id,
			message: 'hello there',
			number: ann.number,
			photo: null,
			video: null,
			senderName: 'Ann',
			instanceName: 'sales',
			whatsappStatus: {
				message: 'Received',
				description: 'hello there',
				title: null,
				url: null,
				groupInvite: null,
			},
			sender: { phone: ann.number, lid: ann.lid, name: 'Ann' },
			type: 'text',
			fromMe: false,
			late: false,
		});
	});

	test('a contact known by LID is named by its phone number, and can be answered there', async () => {
		const lida = newContact({ addressing: 'lid' });
		await lida.sendText(rig.phone, 'hidden');
		const { number } = await rig.event('received');
		expect(number).toBe(lida.number);
		await rig.send(number, 'answer');
		expect((await lida.receive()).text).toBe('answer');
	});

	test('a group message is told with the group as the address, and the answer reaches all', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({
			subject: 'Team',
			participants: [ann, bob, rig.phone],
		});
		await ann.sendText(group, 'hi all');
		const received = await rig.event('received');
		expect(received).toMatchObject({
			message: 'hi all',
			number: group.jid,
			isGroup: true,
			chat: { id: group.jid, type: 'group' },
			sender: { phone: ann.number },
		});
		const { messageId } = await rig.send(received.number, 'hi back');
		const copies = await Promise.all([
			ann.receive(),
			bob.receive((message) => message.text === 'hi back'),
		]);
		expect(copies.map(({ text }) => text)).toEqual(['hi back', 'hi back']);
		expect(await rig.event('sent')).toMatchObject({ messageId, number: group.jid, isGroup: true });
		await rig.event('status', 2);
		const participants = rig.of('status').map(({ participant }) => participant);
		expect(new Set(participants).size).toBe(2);
		expect(participants).not.toContain(null);
	});

	test('what the owner types on the phone is told as theirs', async () => {
		const ann = newContact();
		await rig.phone.sendText(ann, 'typed by hand');
		expect(await rig.event('received')).toMatchObject({ fromMe: true, number: ann.number });
	});

	test('what came while offline arrives once, in order, and is marked late', async () => {
		const ann = newContact();
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await device.whenOffline();
		const ids: string[] = [];
		for (let n = 0; n < 25; n++) ids.push(await ann.sendText(rig.phone, `late ${n}`));
		rig.simulator.refuseUpgrades(undefined);
		await device.drained();
		const received = rig.of('received');
		expect(received.map(({ messageId }) => messageId)).toEqual(ids);
		expect(received.every(({ late }) => late)).toBe(true);
	});

	test('a message whose receipt was lost is not told again, and is receipted again', async () => {
		const ann = newContact();
		device.loseReceipts(true);
		const id = await ann.sendText(rig.phone, 'once');
		await rig.event('received');
		device.drop('tcpReset');
		await device.whenOffline();
		device.loseReceipts(false);
		await device.receipted(id);
		expect(await device.receipted(id)).not.toMatchObject({ error: expect.anything() as unknown });
		expect(rig.of('received')).toHaveLength(1);
		expect(rig.simulator.counters.nacks).toEqual({});
	});

	test('crossing messages while sessions are rebuilt do not break decryption', async () => {
		const ann = newContact();
		for (let n = 0; n < 10; n++) {
			ann.startNewSession(rig.phone);
			await Promise.all([ann.sendText(rig.phone, `in ${n}`), rig.send(ann.number, `out ${n}`)]);
		}
		await device.drained();
		await ann.received(10);
		expect(rig.of('received')).toHaveLength(10);
		expect(rig.simulator.counters).toMatchObject({ retryReceipts: 0, decryptErrors: 0 });
	});

	test('a contact that cannot decrypt asks again and gets the text', async () => {
		const ann = newContact();
		await rig.send(ann.number, 'first');
		await ann.receive();
		ann.loseSessions(rig.phone);
		await rig.send(ann.number, 'second');
		expect((await ann.receive(({ text }) => text === 'second')).text).toBe('second');
	});

	test('a message WhatsApp refuses fails with the reason, for the caller and for receivers', async () => {
		const ann = newContact();
		ann.refusedNames = ['pn', 'lid'];
		await expect(rig.send(ann.number, 'unwanted')).rejects.toMatchObject({
			code: 'rejected_by_whatsapp',
			hint: expect.stringContaining('463') as string,
		});
		const failed = await rig.until(
			() => rig.of('status').find(({ status }) => status === 'FAILED'),
			'FAILED',
		);
		expect(failed).toMatchObject({ number: ann.number, reason: 'whatsapp_463' });
		expect(rig.of('sent').filter(({ number }) => number === ann.number)).toEqual([]);
	});

	test('a retry of a refused message is told the same, and nothing is sent again', async () => {
		const ann = newContact();
		const key = { key: 'refused-1', bodyHash: 'a' };
		ann.refusedNames = ['pn', 'lid'];
		const refusal = {
			code: 'rejected_by_whatsapp',
			hint: expect.stringContaining('463') as string,
		};
		await expect(rig.send(ann.number, 'unwanted', key)).rejects.toMatchObject(refusal);
		await expect(rig.send(ann.number, 'unwanted', key)).rejects.toMatchObject(refusal);
		expect(ann.inbox).toEqual([]);
	});

	test('a number that is not on WhatsApp is refused, and nothing of it is kept', async () => {
		const refusal = { code: 'not_on_whatsapp' };
		await expect(rig.send('15559990000', 'nobody')).rejects.toMatchObject(refusal);
		await expect(rig.send('15559990000', 'nobody')).rejects.toMatchObject(refusal);
		expect(rig.of('status')).toEqual([]);
		expect(rig.database.all('SELECT message_id FROM send_queue')).toEqual([]);
		const kept = "SELECT message_id FROM messages WHERE number = '15559990000'";
		expect(rig.database.all(kept)).toEqual([]);
	});

	test('a text sent while reconnecting waits and goes out once', async () => {
		const ann = newContact();
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await rig.untilState('reconnecting');
		const sending = rig.send(ann.number, 'patience');
		await rig.until(
			() => rig.database.all('SELECT message_id FROM send_queue').length === 1,
			'the stored message',
		);
		rig.simulator.refuseUpgrades(undefined);
		expect((await sending).state).toBe('sent');
		await ann.received(1);
		expect(ann.inbox.map(({ text }) => text)).toEqual(['patience']);
	});

	test('an acknowledgement that is lost leads to the same message again, under the same id', async () => {
		const ann = newContact();
		ann.holdAcks(true);
		const sending = rig.send(ann.number, 'sure?');
		await ann.received(1);
		device.drop('tcpReset');
		await device.whenOffline();
		ann.holdAcks(false);
		expect((await sending).state).toBe('sent');
		expect(ann.inbox).toHaveLength(1);
		expect(rig.of('sent')).toHaveLength(1);
	});

	test('an Idempotency-Key sends once: at the same time, later, and after a restart', async () => {
		const ann = newContact();
		const key = { key: 'order-1', bodyHash: 'a' };
		const [first, second] = await Promise.all([
			rig.send(ann.number, 'once', key),
			rig.send(ann.number, 'once', key),
		]);
		expect(second).toEqual(first);
		await expect(
			rig.send(ann.number, 'other', { key: 'order-1', bodyHash: 'b' }),
		).rejects.toMatchObject({ code: 'idempotency_conflict' });
		await rig.restart();
		await rig.untilState('connected');
		expect(await rig.send(ann.number, 'once', key)).toEqual(first);
		await ann.received(1);
		expect(ann.inbox).toHaveLength(1);
	});

	test('a message the other side deletes is told as deleted', async () => {
		const ann = newContact();
		const { messageId } = await rig.send(ann.number, 'to be deleted');
		await ann.receive();
		const theirs = await ann.sendText(rig.phone, 'a slip');
		await rig.event('received');
		await ann.revoke(rig.phone, theirs);
		const deleted = await rig.until(
			() => rig.of('status').find(({ status }) => status === 'DELETED'),
			'DELETED',
		);
		expect(deleted.messageId).toBe(theirs);
		expect(deleted.messageId).not.toBe(messageId);
		expect(rig.of('received').map((body) => body.messageId)).toEqual([theirs]);
	});

	test('nothing of a conversation reaches the log', async () => {
		const ann = newContact({ name: 'Very Private Name' });
		await rig.send(ann.number, 'very private text');
		await ann.sendText(rig.phone, 'very private answer');
		await rig.event('received');
		const log = rig.logLines.join('\n');
		expect(log).not.toMatch(/very private|1555000|Very Private/);
	});
});
