import type { ReceivedBody } from '../../../contract';
import { SessionRig } from './SessionRig';

describe('where a message came from', () => {
	let rig: SessionRig;
	beforeAll(async () => {
		rig = await SessionRig.create();
		await rig.link();
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	let lastNumber = 15550006000;
	const newContact = (options: object = {}) =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });
	const received = async (id: string): Promise<ReceivedBody> =>
		await rig.until(
			() => rig.of('received').find(({ messageId }) => messageId === id),
			`the event of ${id}`,
		);

	test('who came by an advertisement is told with it', async () => {
		const ann = newContact();
		const externalAdReply = { title: 'Fresh bread', sourceId: '12021', ctwaClid: 'ARBclick' };
		const contextInfo = { externalAdReply, entryPointConversionSource: 'ctwa_ad' };
		const extendedTextMessage = { text: 'Is it fresh?', contextInfo };
		const id = await ann.sendMessage(rig.phone, { extendedTextMessage });
		expect(await received(id)).toMatchObject({
			message: 'Is it fresh?',
			advertisement: { ...externalAdReply, sourceUrl: null },
			entryPoint: 'ctwa_ad',
		});
	});

	test('an answer to a status is told as one, and is none to a message of the same id', async () => {
		const ann = newContact();
		const { messageId: stanzaId } = await rig.send(ann.number, 'what I really said');
		const quotedMessage = { imageMessage: { caption: 'our new shop' } };
		const contextInfo = { stanzaId, remoteJid: 'status@broadcast', quotedMessage };
		const extendedTextMessage = { text: 'lovely', contextInfo };
		const id = await ann.sendMessage(rig.phone, { extendedTextMessage });
		expect((await received(id)).quoted).toMatchObject({
			text: 'our new shop',
			type: 'image',
			isStatus: true,
			verified: false,
		});
		expect(rig.of('status').filter(({ status }) => status === 'REPLIED')).toEqual([]);
	});

	test('a quote of a message that is known here says what kind it is', async () => {
		const ann = newContact();
		const { messageId: id } = await rig.send(ann.number, 'what I really said');
		const message = { imageMessage: { caption: 'made up' } };
		const answer = await ann.sendText(rig.phone, 'yes', { quoted: { id, message } });
		expect((await received(answer)).quoted).toMatchObject({
			text: 'what I really said',
			type: 'text',
			isStatus: false,
			verified: true,
		});
	});

	test.each(['pn', 'lid'] as const)(
		'in a group of %s, being named is told from others being named',
		async (addressing) => {
			const [ann, bob] = [newContact(), newContact({ name: 'Bob' })];
			const participants = [rig.phone, ann, bob];
			const group = rig.simulator.createGroup({ subject: 'T', addressing, participants });
			const mine = await ann.sendText(group, '@me', { mentions: [bob, rig.phone] });
			const other = await ann.sendText(group, '@Bob', { mentions: [bob] });
			const all = await ann.sendMessage(group, {
				extendedTextMessage: { text: '@all', contextInfo: { nonJidMentions: 1 } },
			});
			expect(await received(mine)).toMatchObject({ mentionsMe: true });
			expect(await received(other)).toMatchObject({ mentionsMe: false });
			expect(await received(all)).toMatchObject({ mentionsMe: true, mentions: [] });
		},
	);

	test('who has a public name instead of a phone is told with it, and can be answered', async () => {
		const cleo = newContact({
			addressing: 'lid',
			hidesNumber: true,
			name: undefined,
			username: 'cleo.bakes',
		});
		const direct = await received(await cleo.sendText(rig.phone, 'hello'));
		expect(direct).toMatchObject({
			number: cleo.lid,
			senderName: 'cleo.bakes',
			sender: { phone: null, lid: cleo.lid, name: null, username: 'cleo.bakes' },
		});
		const { messageId } = await rig.send(direct.number, 'good morning');
		await cleo.receive(({ id }) => id === messageId);
		const participants = [rig.phone, cleo];
		const group = rig.simulator.createGroup({ subject: 'T', addressing: 'lid', participants });
		const inGroup = await received(await cleo.sendText(group, 'hello all'));
		expect(inGroup.sender).toMatchObject({ lid: cleo.lid, username: 'cleo.bakes' });
	});

	test('a public name of any length is cut, and the message says so', async () => {
		const cleo = newContact({ username: 'x'.repeat(2_000) });
		const { sender, truncated } = await received(await cleo.sendText(rig.phone, 'hello'));
		expect(sender.username).toHaveLength(1024);
		expect(truncated).toBe(true);
	});
});
