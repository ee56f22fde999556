import { toRecipient } from '../../../contract';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import type { LinkedDevice } from '../../simulator';
import { INSTANCE, SessionRig } from './SessionRig';

describe('the key by which receivers know a conversation', () => {
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

	let lastNumber = 15550007000;
	const newContact = (options: object = {}) =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Shy', ...options });
	const listed = (id: string) =>
		new PeopleLists(rig.database)
			.chats(INSTANCE, { limit: 200 })
			.chats.find((chat) => chat.id === id)?.key;

	test('stays when the phone of a LID becomes known: of what comes, of what is sent, of its status, in lists', async () => {
		const shy = newContact({ addressing: 'lid', hidesNumber: true });
		await shy.sendText(rig.phone, 'guess who');
		const { chat } = await rig.event('received');
		expect(chat).toMatchObject({ id: shy.lid, key: expect.stringMatching(/^chat_[\w-]{22}$/) });
		expect(listed(shy.lid)).toBe(chat.key);
		const before = await rig.send(shy.lid, 'no idea');
		expect((await rig.event('sent')).chat.key).toBe(chat.key);
		await rig.restart();
		await rig.untilState('connected');
		shy.hidesNumber = false;
		await shy.sendText(rig.phone, 'it is me');
		expect((await rig.event('received', 2)).chat).toMatchObject({ id: shy.pn, key: chat.key });
		const after = await rig.send(shy.number, 'oh, hello');
		expect((await rig.event('sent', 2)).chat).toMatchObject({ id: shy.pn, key: chat.key });
		for (const { messageId } of [before, after]) {
			const status = await rig.until(
				() => rig.of('status').find((one) => one.messageId === messageId),
				'word of its delivery',
			);
			expect(status.chat.key).toBe(chat.key);
		}
		expect(listed(shy.pn)).toBe(chat.key);
		expect(rig.session.people.chatIdOf(toRecipient(shy.lid)!)).toBe(shy.pn);
	});

	test('is the same for all members of a group, and another one for each chat', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [rig.phone, ann, bob] });
		await ann.sendText(group, 'one');
		await bob.sendText(group, 'two');
		await ann.sendText(rig.phone, 'three');
		await rig.event('received', 3);
		const [one, two, three] = rig.of('received').map(({ chat }) => chat.key);
		expect(two).toBe(one);
		expect(three).not.toBe(one);
	});

	test('is the same after the phone was unlinked and linked again', async () => {
		const ann = newContact();
		await ann.sendText(rig.phone, 'before');
		const { chat } = await rig.event('received');
		rig.phone.unlink(device);
		await rig.untilState('loggedOut');
		device = await rig.link();
		await ann.sendText(rig.phone, 'after');
		expect((await rig.event('received', 2)).chat.key).toBe(chat.key);
	});
});
