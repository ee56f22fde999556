import { toRecipient } from '../../../../contract';
import type { Draft } from '../../../../runner/messages/Draft';
import { MessageRepository } from '../../../../runner/messages/MessageRepository';
import type { Contact, LinkedDevice } from '../../../simulator';
import { toHistory } from '../../../simulator/history/toHistory';
import { INSTANCE, SessionRig } from '../SessionRig';

let rig: SessionRig;
let device: LinkedDevice;
/** What clients have sent, as it was addressed; what was lost on its way included. */
let sent: Array<{ id: string; to: string }>;
let lastNumber = 15550006000;

beforeAll(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	rig.simulator.on('messageFromClient', ({ id, to }) => sent.push({ id, to }));
	rig.simulator.on('messageLost', ({ id, to }) => sent.push({ id, to }));
});
afterAll(() => rig.remove());
beforeEach(() => {
	sent = [];
	rig.events.length = 0;
});

const newContact = (options: { addressing?: 'pn' | 'lid' } = {}): Contact =>
	rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });
/** A contact that has migrated without having written since. */
const newMigrated = (): Contact => {
	const ann = newContact();
	ann.migrate();
	return ann;
};
const addresses = () => sent.map(({ to }) => to);
const queued = () => rig.database.all('SELECT message_id FROM send_queue');
const statuses = () => rig.of('status').map(({ status }) => status);

describe('a contact whose number WhatsApp refuses', () => {
	test('gets the message by LID, under the same id and once; the next ones go there at once, also after a restart', async () => {
		const ann = newMigrated();
		const { messageId, state, jid } = await rig.send(ann.number, 'one');
		expect({ state, jid }).toEqual({ state: 'sent', jid: ann.pn });
		expect(sent).toEqual([
			{ id: messageId, to: ann.pn },
			{ id: messageId, to: ann.lid },
		]);
		expect(await rig.event('sent')).toMatchObject({ messageId, number: ann.number });
		await rig.restart();
		await rig.untilState('connected');
		await rig.send(ann.number, 'two');
		await ann.received(2);
		expect(addresses()).toEqual([ann.pn, ann.lid, ann.lid]);
		expect(ann.inbox.map(({ text }) => text)).toEqual(['one', 'two']);
		expect(ann.duplicates).toBe(0);
		expect(statuses()).not.toContain('FAILED');
		expect(queued()).toEqual([]);
	});

	test('gets several messages in their order', async () => {
		const ann = newMigrated();
		const texts = ['one', 'two', 'three', 'four'];
		await Promise.all(texts.map((text) => rig.send(ann.number, text)));
		await ann.received(4);
		expect(ann.inbox.map(({ text }) => text)).toEqual(texts);
		expect(ann.duplicates).toBe(0);
	});

	test('gets it once when the connection is lost under the second try, which is not made under the number again', async () => {
		const ann = newMigrated();
		const sending = rig.send(ann.number, 'once');
		await rig.simulator.next('messageFromClient');
		device.losesMessages = true;
		await rig.simulator.next('messageLost');
		device.drop('tcpReset');
		device.losesMessages = false;
		expect((await sending).state).toBe('sent');
		expect(addresses()).toEqual([ann.pn, ann.lid, ann.lid]);
		expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
		await ann.received(1);
		expect(ann.duplicates).toBe(0);
		expect(rig.of('sent')).toHaveLength(1);
		expect(queued()).toEqual([]);
	});

	test('is found in the chat that the own phone knows', async () => {
		const ann = newMigrated();
		const { messageId } = await rig.send(ann.number, 'mine');
		const copy = await rig.phone.receiveCopy(({ id }) => id === messageId);
		expect(copy.chatJid).toBe(ann.lid);
	});

	test('and whose LID it refuses as well: the account is to blame, and both were tried once', async () => {
		const ann = newContact();
		ann.refusedNames = ['pn', 'lid'];
		await expect(rig.send(ann.number, 'unwanted')).rejects.toMatchObject({
			code: 'rejected_by_whatsapp',
			hint: expect.stringContaining('restricts this account') as string,
		});
		expect(addresses()).toEqual([ann.pn, ann.lid]);
		expect(await rig.event('status')).toMatchObject({ status: 'FAILED', reason: 'whatsapp_463' });
		expect(queued()).toEqual([]);
		ann.refusedNames = [];
		await rig.send(ann.number, 'welcome');
		expect(addresses().at(-1)).toBe(ann.pn);
	});
});

test('a contact whose LID WhatsApp refuses gets the message under its number, and the next ones too', async () => {
	const ann = newContact({ addressing: 'lid' });
	await ann.sendText(rig.phone, 'hello');
	await rig.event('received');
	ann.refusedNames = ['lid'];
	await rig.send(ann.number, 'one');
	await rig.send(ann.lid, 'two');
	await ann.received(2);
	expect(addresses()).toEqual([ann.lid, ann.pn, ann.pn]);
});

test('a contact is written to under the name its last message came from, or the owner wrote to on the phone', async () => {
	const ann = newContact();
	await ann.sendText(rig.phone, 'by number');
	await rig.event('received');
	await rig.send(ann.number, 'one');
	ann.addressing = 'lid';
	await ann.sendText(rig.phone, 'by LID');
	await rig.event('received', 2);
	await rig.send(ann.number, 'two');
	ann.addressing = 'pn';
	await rig.phone.sendText(ann, 'by number again');
	await rig.event('received', 3);
	await rig.send(ann.lid, 'three');
	await ann.received(3);
	expect(addresses()).toEqual([ann.pn, ann.lid, ann.pn]);
});

test('a contact that the phone knows by LID is written to there at once, as a new history says', async () => {
	const ann = newContact({ addressing: 'lid' });
	const messages = [{ text: 'long ago', from: ann, timestamp: 1_700_000_000 }];
	await rig.phone.syncHistory(toHistory([{ with: ann, messages }]));
	await device.drained();
	await rig.until(
		() => rig.database.get('SELECT id FROM chats WHERE id = ?', ann.pn),
		'the chat of the history',
	);
	await rig.send(ann.number, 'hello');
	expect(addresses()).toEqual([ann.lid]);
});

describe('after a contact has migrated', () => {
	let ann: Contact;
	let theirs: string;
	let mine: string;
	beforeAll(async () => {
		sent = [];
		rig.events.length = 0;
		ann = newContact();
		theirs = await ann.sendText(rig.phone, 'from the number');
		await rig.event('received');
		({ messageId: mine } = await rig.send(ann.number, 'to the number'));
		ann.migrate();
		await ann.sendText(rig.phone, 'from the LID');
		await rig.event('received', 2);
	});

	const stored = (messageId: string) => {
		const messages = new MessageRepository(rig.database, 86_400_000);
		const row = messages.find(INSTANCE, { messageId }, Date.now())!;
		return { ...row, content: messages.findContent(INSTANCE, row.key) ?? null };
	};
	const change = async (draft: Draft, quoted?: ReturnType<typeof stored>) => {
		const options = quoted ? { quoted } : {};
		const { messageId } = await rig.sendDraft(ann.pn, draft, options);
		const isIt = ({ id }: { id: string }) => id === messageId;
		const [received, copy] = await Promise.all([ann.receive(isIt), rig.phone.receiveCopy(isIt)]);
		expect(addresses()).toEqual([ann.lid]);
		expect(copy.chatJid).toBe(ann.lid);
		return received.message;
	};

	test('“typing…” is shown to it, alone and before a message', async () => {
		await rig.session.people.showTyping(toRecipient(ann.number)!, { state: 'recording' });
		await ann.seesTyping('recording');
		await rig.sendDraft(ann.pn, { kind: 'text', text: 'hi' }, { typing: true });
		expect(ann.traces.typing.map(({ chatJid }) => chatJid)).toEqual([ann.lid, ann.lid, ann.lid]);
	});

	test('it is told what was read, also of its messages from before', async () => {
		await rig.session.people.markRead(toRecipient(ann.lid)!);
		await ann.readByClient(theirs);
	});

	test('a quote names its author by LID, this account too', async () => {
		const draft = { kind: 'text', text: 'well' } as const;
		const answer = await change(draft, stored(theirs));
		expect(answer.extendedTextMessage?.contextInfo).toMatchObject({
			stanzaId: theirs,
			participant: ann.lid,
		});
		sent = [];
		const more = await change(draft, stored(mine));
		expect(more.extendedTextMessage?.contextInfo).toMatchObject({
			stanzaId: mine,
			participant: rig.phone.lid,
		});
	});

	test('a reaction finds its message', async () => {
		const { reactionMessage } = await change({
			kind: 'reaction',
			target: stored(theirs),
			emoji: '👍',
		});
		expect(reactionMessage?.key).toMatchObject({ remoteJid: ann.lid, fromMe: false, id: theirs });
		expect(ann.reactionTo(theirs)).toBe('👍');
	});

	test('an edit and a deletion find theirs', async () => {
		const edit = await change({ kind: 'edit', target: stored(mine), text: 'better' });
		expect(edit.protocolMessage?.key).toMatchObject({ remoteJid: ann.lid, fromMe: true, id: mine });
		sent = [];
		const deletion = await change({ kind: 'delete', target: stored(mine) });
		expect(deletion.protocolMessage?.key).toMatchObject({ remoteJid: ann.lid, id: mine });
		expect(ann.isDeleted(mine)).toBe(true);
	});

	test('what it could not read comes again as the chat is named now', async () => {
		ann.loseSessions(rig.phone);
		const target = stored(theirs);
		const { messageId } = await rig.sendDraft(ann.pn, { kind: 'reaction', target, emoji: '🎉' });
		const { message } = await ann.receive(({ id }) => id === messageId);
		expect(addresses()).toEqual([ann.lid, ann.lid]);
		expect(message.reactionMessage?.key).toMatchObject({ remoteJid: ann.lid, id: theirs });
	});
});
