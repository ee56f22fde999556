import { proto } from '@whiskeysockets/baileys';
import sharp from 'sharp';
import { toRecipient } from '../../../contract';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import type { Contact, LinkedDevice } from '../../simulator';
import { toHistory } from '../../simulator/history/toHistory';
import { INSTANCE, SessionRig } from './SessionRig';

describe('the people of a linked instance', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let lastNumber = 15550003000;

	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	const newContact = (options: object = {}): Contact =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });
	const recipient = (number: string) => toRecipient(number)!;
	const lists = () => new PeopleLists(rig.database);
	const chatOf = (id: string) =>
		lists()
			.chats(INSTANCE, { limit: 200 })
			.chats.find((chat) => chat.id === id);
	const contactOf = (id: string) =>
		lists()
			.contacts(INSTANCE, { limit: 200 })
			.contacts.find((contact) => contact.id === id);

	test('whoever writes has a chat and is a contact, and what is sent there counts as its last', async () => {
		const ann = newContact();
		await ann.sendText(rig.phone, 'hello');
		await rig.event('received');
		expect(chatOf(ann.pn)).toMatchObject({ name: 'Ann', unreadCount: 1, type: 'direct' });
		expect(contactOf(ann.pn)).toMatchObject({ phone: ann.number, lid: ann.lid, pushName: 'Ann' });
		const bea = newContact();
		await rig.send(bea.number, 'hello');
		await rig.until(() => chatOf(bea.pn), 'the chat that was begun from here');
		expect(chatOf(bea.pn)).toMatchObject({ unreadCount: 0 });
	});

	test('what is sent to a chat whose messages disappear does so too, files as well, over a restart', async () => {
		const ann = newContact();
		await ann.sendText(rig.phone, 'soon gone', { ephemeralSeconds: 604_800 });
		await rig.event('received');
		expect(chatOf(ann.pn)).toMatchObject({ disappearingSeconds: 604_800 });
		await rig.restart();
		await rig.untilState('connected');
		const timerOf = async (messageId: string) => {
			const { message } = await ann.receive(({ id }) => id === messageId);
			const part = message.extendedTextMessage ?? message.locationMessage;
			return part?.contextInfo?.expiration ?? 0;
		};
		const text = await rig.send(ann.number, 'so is this');
		expect(await timerOf(text.messageId)).toBe(604_800);
		const location = {
			kind: 'location',
			latitude: 1,
			longitude: 2,
			name: null,
			address: null,
		} as const;
		const place = await rig.sendDraft(ann.pn, location);
		expect(await timerOf(place.messageId)).toBe(604_800);
		const { Type } = proto.Message.ProtocolMessage;
		await ann.sendMessage(rig.phone, {
			protocolMessage: { type: Type.EPHEMERAL_SETTING, ephemeralExpiration: 0 },
		});
		await rig.until(() => chatOf(ann.pn)?.disappearingSeconds === 0, 'the timer switched off');
		const kept = await rig.send(ann.number, 'this stays');
		expect(await timerOf(kept.messageId)).toBe(0);
	});

	test('the timer of a chat is set from here: the other side has it, and the next message carries it, over a restart', async () => {
		const ann = newContact();
		await ann.sendText(rig.phone, 'hello');
		await rig.event('received');
		for (const seconds of [604_800, 0]) {
			const { messageId } = await rig.sendDraft(ann.pn, { kind: 'timer', seconds });
			await ann.receive(({ id }) => id === messageId);
			expect(ann.timerSeconds).toBe(seconds);
			expect(chatOf(ann.pn)).toMatchObject({ disappearingSeconds: seconds });
			await rig.restart();
			await rig.untilState('connected');
			expect(chatOf(ann.pn)).toMatchObject({ disappearingSeconds: seconds });
			const next = await rig.send(ann.number, 'and now');
			const { message } = await ann.receive(({ id }) => id === next.messageId);
			expect(message.extendedTextMessage?.contextInfo?.expiration ?? 0).toBe(seconds);
		}
		// It is no message: nobody is told that one was sent.
		expect(rig.of('sent').map(({ messageSent }) => messageSent)).toEqual(['and now', 'and now']);
	});

	test('who cannot read the new timer at first is sent it again', async () => {
		const ann = newContact();
		await rig.send(ann.number, 'hello');
		await ann.receive();
		ann.loseSessions(rig.phone);
		const { messageId } = await rig.sendDraft(ann.pn, { kind: 'timer', seconds: 86_400 });
		await ann.receive(({ id }) => id === messageId);
		expect(ann.timerSeconds).toBe(86_400);
	});

	test('the timer of a group goes with what is sent there', async () => {
		const ann = newContact();
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, rig.phone] });
		await rig.send(group.jid, 'this stays');
		group.setEphemeral(ann, 86_400);
		await device.drained();
		const { messageId } = await rig.send(group.jid, 'hello');
		const { message } = await ann.receive(({ id }) => id === messageId);
		expect(message.extendedTextMessage?.contextInfo?.expiration).toBe(86_400);
	});

	test('a chat of a hidden number keeps its timer when the number is revealed', async () => {
		const shy = newContact({ addressing: 'lid', hidesNumber: true });
		await shy.sendText(rig.phone, 'guess who', { ephemeralSeconds: 86_400 });
		await rig.event('received');
		shy.hidesNumber = false;
		await shy.sendText(rig.phone, 'it is me');
		await rig.event('received', 2);
		expect(chatOf(shy.pn)).toMatchObject({ disappearingSeconds: 86_400 });
		const { messageId } = await rig.send(shy.number, 'hello');
		const { message } = await shy.receive(({ id }) => id === messageId);
		expect(message.extendedTextMessage?.contextInfo?.expiration).toBe(86_400);
	});

	test('a history brings names, unread messages and times', async () => {
		const saved = newContact({ name: 'Calls herself Eva' });
		const timestamp = 1_700_000_000;
		const messages = [{ text: 'long ago', from: saved, timestamp }];
		await rig.phone.syncHistory(
			toHistory([{ with: saved, savedAs: 'Eva from work', unread: 3, messages }]),
		);
		await rig.until(() => chatOf(saved.pn), 'the chat of the history');
		expect(chatOf(saved.pn)).toMatchObject({
			name: 'Eva from work',
			unreadCount: 3,
			lastMessageAt: new Date(timestamp * 1000).toISOString(),
		});
		expect(contactOf(saved.pn)).toMatchObject({ name: 'Eva from work', phone: saved.number });
	});

	test('a number that is revealed later takes over what was stored without it', async () => {
		const shy = newContact({ addressing: 'lid', hidesNumber: true, name: 'Shy' });
		const id = await shy.sendText(rig.phone, 'guess who');
		await rig.event('received');
		expect(chatOf(shy.lid)).toMatchObject({ number: shy.lid, unreadCount: 1 });
		shy.hidesNumber = false;
		await shy.sendText(rig.phone, 'it is me');
		await rig.event('received', 2);
		expect(chatOf(shy.lid)).toBeUndefined();
		expect(chatOf(shy.pn)).toMatchObject({ number: shy.number, unreadCount: 2, name: 'Shy' });
		expect(contactOf(shy.pn)).toMatchObject({ phone: shy.number, lid: shy.lid });
		const row = rig.database.get(
			'SELECT chat_id, number, sender_phone FROM messages WHERE message_id = ?',
			id,
		);
		expect(row).toMatchObject({ chat_id: shy.pn, number: shy.number, sender_phone: shy.number });
	});

	test('whoever calls from a hidden identity is one contact, however the call goes on', async () => {
		const lida = newContact({ addressing: 'lid', name: 'Lida' });
		const call = lida.call(rig.phone);
		await rig.event('received');
		call.acceptOnPhone();
		await rig.event('received', 2);
		const { contacts } = lists().contacts(INSTANCE, { limit: 200, search: lida.lid });
		expect(contacts).toMatchObject([{ id: lida.pn, phone: lida.number, lid: lida.lid }]);
	});

	test('a chat is found under every name it has', async () => {
		const lida = newContact({ addressing: 'lid', name: 'Lida' });
		await lida.sendText(rig.phone, 'hello');
		await rig.event('received');
		const { people } = rig.session;
		expect(people.chatIdOf(toRecipient(lida.lid)!)).toBe(lida.pn);
		expect(people.chatIdOf(recipient(lida.number))).toBe(lida.pn);
	});

	test('a number is looked up under the spelling WhatsApp has, once', async () => {
		rig.simulator.createContact({ number: '555491997181', aliases: ['5554991997181'] });
		const start = rig.simulator.counters.contactQueries;
		const expected = { exists: true, jid: '555491997181@s.whatsapp.net' };
		const { people } = rig.session;
		const answers = await Promise.all([
			people.check('5554991997181'),
			people.check('5554991997181'),
		]);
		expect(answers).toMatchObject([expected, { ...expected, number: '5554991997181' }]);
		expect(await people.check('5554991997181')).toMatchObject(expected);
		expect(rig.simulator.counters.contactQueries - start).toBe(1);
		const gone = newContact({ registered: false });
		expect(await people.check(gone.number)).toEqual({
			number: gone.number,
			exists: false,
			jid: null,
			lid: null,
		});
	});

	test('a contact is shown as WhatsApp shows it, and asked for once in a while', async () => {
		const picture = await sharp({
			create: { width: 8, height: 8, channels: 3, background: 'blue' },
		})
			.jpeg()
			.toBuffer();
		const shop = newContact({
			name: 'Shop',
			about: 'Fresh bread',
			picture,
			business: { verifiedName: 'The Shop', description: 'Bread', website: 'https://shop.test' },
		});
		await shop.sendText(rig.phone, 'hello');
		await rig.event('received');
		const details = await rig.session.people.contact(recipient(shop.number));
		expect(details).toMatchObject({
			id: shop.pn,
			phone: shop.number,
			lid: shop.lid,
			name: 'Shop',
			pushName: 'Shop',
			isBusiness: true,
			about: 'Fresh bread',
			business: { description: 'Bread', website: ['https://shop.test'] },
		});
		expect(details.picture).toMatch(/^https:/);
		const before = { ...rig.simulator.counters.queries };
		await rig.session.people.contact(recipient(shop.number));
		expect(rig.simulator.counters.queries).toEqual(before);
		await rig.until(() => contactOf(shop.pn)?.isBusiness === true, 'that it is kept');
	});

	test('what a contact hides is null, and one that does not exist is not found', async () => {
		const hidden = newContact({ about: 'Secret' });
		hidden.hidesProfile = true;
		expect(await rig.session.people.contact(recipient(hidden.number))).toMatchObject({
			phone: hidden.number,
			about: null,
			picture: null,
			business: null,
			isBusiness: false,
		});
		const gone = newContact({ registered: false });
		await expect(rig.session.people.contact(recipient(gone.number))).rejects.toMatchObject({
			code: 'contact_not_found',
		});
	});

	test('one message is marked read, then the rest of the chat', async () => {
		const ann = newContact();
		const ids = [];
		for (const text of ['one', 'two', 'three']) ids.push(await ann.sendText(rig.phone, text));
		await rig.event('received', 3);
		const { people } = rig.session;
		await people.markRead(recipient(ann.number), ids[1]);
		await ann.readByClient(ids[1]!);
		expect(chatOf(ann.pn)).toMatchObject({ unreadCount: 2 });
		await people.markRead(recipient(ann.number));
		await Promise.all([ann.readByClient(ids[0]!), ann.readByClient(ids[2]!)]);
		expect(chatOf(ann.pn)).toMatchObject({ unreadCount: 0 });
		await people.markRead(recipient(ann.number));
		await expect(people.markRead(recipient(ann.number), 'NEVER')).rejects.toMatchObject({
			code: 'message_not_found',
		});
		await expect(people.markRead(recipient('15559990001'))).rejects.toMatchObject({
			code: 'chat_not_found',
		});
	});

	test('in a group each message is read from who wrote it', async () => {
		const [ann, bob] = [newContact(), newContact({ name: 'Bob' })];
		const group = rig.simulator.createGroup({
			subject: 'Team',
			participants: [rig.phone, ann, bob],
		});
		const ids = [await ann.sendText(group, 'from Ann'), await bob.sendText(group, 'from Bob')];
		await rig.event('received', 2);
		await rig.session.people.markRead(recipient(group.jid));
		await Promise.all([ann.readByClient(ids[0]!), bob.readByClient(ids[1]!)]);
	});

	test('where it is switched on, what comes is marked read by itself', async () => {
		const ann = newContact();
		await rig.settings.change(INSTANCE, { read: true });
		try {
			await ann.readByClient(await ann.sendText(rig.phone, 'are you there?'));
			await rig.until(() => chatOf(ann.pn)?.unreadCount === 0, 'nothing unread');
		} finally {
			await rig.settings.change(INSTANCE, { read: false });
		}
	});

	test('typing is shown, and ends by itself', async () => {
		const ann = newContact();
		const typing = { state: 'recording', seconds: 1 } as const;
		await rig.session.people.showTyping(recipient(ann.number), typing);
		await ann.seesTyping('recording');
		await ann.seesTyping('paused');
	});

	test('the profile is changed: picture and about text', async () => {
		const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
			.jpeg()
			.toBuffer();
		await rig.session.profile.setImage(jpeg);
		await rig.session.profile.setAbout('Back soon ☕');
		expect([rig.phone.picture, rig.phone.about]).toEqual([jpeg, 'Back soon ☕']);
	});

	test('nothing of it reaches the log, and nothing of it survives the account', async () => {
		expect(rig.logLines.join('')).not.toMatch(/1555000\d{4}|Eva|Fresh bread/);
		rig.phone.unlink(device);
		await rig.untilState('loggedOut');
		const count = () => [
			lists().chats(INSTANCE, { limit: 1 }).chats.length,
			lists().contacts(INSTANCE, { limit: 1 }).contacts.length,
		];
		await rig.until(() => count().join() === '0,0', 'that nobody is left');
	});
});
