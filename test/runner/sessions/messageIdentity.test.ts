import { systemClock } from '../../../runner/Clock';
import { MessageLookup } from '../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import type { LinkedDevice } from '../../simulator';
import { INSTANCE, SessionRig } from './SessionRig';

/** A hostile contact makes up the ids of its messages: nothing of another chat, or author, may follow. */
describe('ids that are used again', () => {
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

	let lastNumber = 15550003000;
	const newContact = () =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann' });
	const newGroup = () => {
		const [ann, mallory, admin] = [newContact(), newContact(), newContact()];
		const participants = [ann, mallory, admin, rig.phone];
		const group = rig.simulator.createGroup({ subject: 'T', participants, admins: [admin] });
		return { ann, mallory, admin, group };
	};
	const find = (messageId: string, ...chats: string[]) =>
		new MessageLookup({
			messages: new MessageRepository(rig.database, 86_400_000),
			clock: systemClock,
			toMediaUrl: () => '',
			nameOf: () => null,
			keyOf: () => '',
		}).find(INSTANCE, chats.length > 0 ? { messageId, chats } : { messageId });
	const received = (id: string, text: string) =>
		rig.until(
			() => rig.of('received').find((body) => body.messageId === id && body.message === text),
			text,
		);
	const statuses = () => rig.of('status').map(({ number, status }) => [number, status]);
	const restart = async () => {
		await rig.restart();
		await rig.untilState('connected');
		device = rig.phone.devices[0]!;
		await device.whenOnline();
	};

	test.each(['first', 'last'])(
		'a copy of an id in another chat, which comes %s, keeps nobody from changing their message, over a restart',
		async (order) => {
			const { ann, mallory, group } = newGroup();
			const id = `3EB0${order.toUpperCase()}`;
			if (order === 'first') await mallory.sendText(rig.phone, 'forged', { id });
			await ann.sendText(group, 'real', { id });
			if (order === 'last') await mallory.sendText(rig.phone, 'forged', { id });
			await received(id, 'real');
			await received(id, 'forged');
			expect(find(id)?.message).toBe(order === 'first' ? 'forged' : 'real');
			expect(find(id, group.jid)?.message).toBe('real');
			expect(find(id, mallory.pn)?.message).toBe('forged');
			await restart();
			await mallory.edit(rig.phone, id, 'forged again');
			await mallory.revoke(rig.phone, id);
			await ann.edit(group, id, 'really');
			await received(id, 'really');
			expect(statuses()).toEqual([[mallory.number, 'DELETED']]);
			expect(find(id, group.jid)).toMatchObject({ message: 'really', statusHistory: [] });
			await restart();
			await ann.revoke(group, id);
			await rig.until(() => statuses().length === 2, 'the deletion');
			expect(statuses()[1]).toEqual([group.jid, 'DELETED']);
			expect(find(id, group.jid)?.status).toBe('DELETED');
		},
	);

	test("a copy within the same group is its author's alone", async () => {
		const { ann, mallory, group } = newGroup();
		const id = await ann.sendText(group, 'real');
		await mallory.sendText(group, 'forged', { id });
		await received(id, 'forged');
		await restart();
		await mallory.edit(group, id, 'forged again');
		await received(id, 'forged again');
		await mallory.revoke(group, id);
		await rig.event('status');
		expect(find(id, group.jid)).toMatchObject({ message: 'real', statusHistory: [] });
		await ann.edit(group, id, 'really');
		await received(id, 'really');
		expect(find(id, group.jid)?.message).toBe('really');
	});

	test('a contact that takes the id of our message changes, reads and hides nothing of it', async () => {
		const [ann, mallory] = [newContact(), newContact()];
		const { messageId: id } = await rig.send(ann.number, 'ours');
		const copy = await ann.receive();
		await rig.event('status');
		for (const contact of [ann, mallory]) await contact.sendText(rig.phone, 'theirs', { id });
		await rig.event('received', 2);
		await restart();
		for (const contact of [ann, mallory]) {
			await contact.edit(rig.phone, id, 'changed');
			await contact.revoke(rig.phone, id);
		}
		await rig.until(() => rig.of('status').length === 3, 'two deletions');
		expect(find(id)).toMatchObject({ message: 'ours', fromMe: true, status: 'RECEIVED' });
		ann.markRead(id);
		await rig.until(() => statuses().some(([, status]) => status === 'READ'), 'READ');
		await ann.reply(rig.phone, copy, 'an answer');
		await rig.until(() => statuses().some(([, status]) => status === 'REPLIED'), 'REPLIED');
		expect(find(id)?.statusHistory.map(({ status }) => status)).toEqual([
			'QUEUED',
			'SENT',
			'RECEIVED',
			'READ',
			'REPLIED',
		]);
	});

	test('nobody deletes our message: not the other side with the mark of an admin, nor a member without the rank', async () => {
		const { ann, mallory, admin, group } = newGroup();
		const { messageId: direct } = await rig.send(ann.number, 'direct');
		const { messageId: inGroup } = await rig.send(group.jid, 'in the group');
		const type = 0;
		await ann.sendMessage(
			rig.phone,
			{ protocolMessage: { type, key: { id: direct, fromMe: false, remoteJid: rig.phone.pn } } },
			{ edit: 8 },
		);
		const ours = { id: inGroup, authorJid: group.jidOf(rig.phone) };
		await mallory.revokeAsAdmin(group, ours);
		await device.drained();
		expect(statuses().filter(([, status]) => status === 'DELETED')).toEqual([]);
		await admin.revokeAsAdmin(group, ours);
		await rig.until(() => statuses().some(([, status]) => status === 'DELETED'), 'DELETED');
		expect(find(inGroup)?.status).toBe('DELETED');
		expect(find(direct)?.status).not.toBe('DELETED');
	});

	test('an answer tells what the quoted message said, and what is not known here as the word of its sender', async () => {
		const [ann, mallory] = [newContact(), newContact()];
		const { messageId } = await rig.send(ann.number, 'we pay 10');
		const message = { conversation: 'we pay 10000' };
		const quoted = { id: messageId, message };
		for (const contact of [ann, mallory]) {
			await contact.sendText(rig.phone, contact === ann ? 'right' : 'wrong', { quoted });
		}
		await rig.event('received', 2);
		const [right, wrong] = rig.of('received').map((body) => body.quoted);
		expect(right).toMatchObject({ messageId, text: 'we pay 10', verified: true });
		expect(wrong).toMatchObject({ messageId, text: 'we pay 10000', verified: false });
		await ann.sendText(rig.phone, 'twisted', { quoted: { ...quoted, authorJid: ann.pn } });
		expect((await rig.event('received', 3)).quoted).toMatchObject({ verified: false });
	});
});
