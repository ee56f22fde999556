import type { GroupChangeDetails, ReceivedBody } from '../../../contract';
import { MessageLookup } from '../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import type { Contact, LinkedDevice } from '../../simulator';
import type { Group } from '../../simulator/accounts/Group';
import { element } from '../../simulator/stanzas/element';
import { INSTANCE, SessionRig } from './SessionRig';

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

describe('what happens to groups', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: Contact;
	let bob: Contact;
	let group: Group;
	beforeAll(async () => {
		rig = await SessionRig.create();
		ann = rig.simulator.createContact({ number: '15550002001', name: 'Ann' });
		bob = rig.simulator.createContact({ number: '15550002002', name: 'Bob' });
		group = createGroup('Team');
		device = await rig.link();
		// With a picture WhatsApp names who has set it by LID alone: the number is known from messages.
		await ann.sendText(rig.phone, 'hello');
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	function createGroup(subject: string, addressing: 'lid' | 'pn' = 'lid'): Group {
		const participants = [ann, rig.phone];
		return rig.simulator.createGroup({ subject, participants, addressing });
	}
	const told = (of: Group = group) =>
		rig.of('received').filter(({ type, number }) => type === 'group_change' && number === of.jid);
	const changes = (of?: Group) => told(of).map(({ groupChange }) => groupChange);
	/** The next thing that happens to a group, once all that was sent is settled. */
	async function after(change: () => void, of = group): Promise<ReceivedBody> {
		const before = told(of).length;
		change();
		await device.drained();
		await rig.until(() => told(of).length > before, 'what has happened');
		expect(told(of)).toHaveLength(before + 1);
		return told(of).at(-1)!;
	}
	const as = (person: Contact) => ({ phone: person.number, lid: person.lid });
	const own = () => ({ phone: rig.phone.number, lid: rig.phone.lid });
	const comeBack = async () => {
		device.drop('tcpReset');
		await rig.untilState('reconnecting');
		await rig.untilState('connected');
		await device.whenOnline();
		await device.drained();
	};

	test.each<[string, () => void, () => GroupChangeDetails]>([
		[
			'somebody is added',
			() => group.add(ann, bob),
			() => ({ action: 'add', participants: [as(bob)] }),
		],
		[
			'a member becomes an admin',
			() => group.promote(ann, bob),
			() => ({ action: 'promote', participants: [as(bob)] }),
		],
		[
			'an admin becomes a member',
			() => group.demote(ann, bob),
			() => ({ action: 'demote', participants: [as(bob)] }),
		],
		[
			'a member is removed',
			() => group.remove(ann, bob),
			() => ({ action: 'remove', participants: [as(bob)] }),
		],
		[
			'the description',
			() => group.setDescription(ann, 'All of us'),
			() => ({ action: 'description', participants: [], description: 'All of us' }),
		],
		[
			'no description any more',
			() => group.setDescription(ann, undefined),
			() => ({ action: 'description', participants: [], description: null }),
		],
		[
			'a picture',
			() => group.setPicture(ann, JPEG),
			() => ({ action: 'picture', participants: [], picture: true }),
		],
		[
			'no picture any more',
			() => group.setPicture(ann, undefined),
			() => ({ action: 'picture', participants: [], picture: false }),
		],
		[
			'only admins write',
			() => group.setAnnouncement(ann, true),
			() => ({ action: 'settings', participants: [], settings: { announce: true } }),
		],
		[
			'all may change it',
			() => group.setLocked(ann, false),
			() => ({ action: 'settings', participants: [], settings: { locked: false } }),
		],
		[
			'messages disappear',
			() => group.setEphemeral(ann, 86_400),
			() => ({ action: 'settings', participants: [], settings: { disappearingSeconds: 86_400 } }),
		],
		[
			'all may add members',
			() => group.setMemberAddMode(ann, 'all_member_add'),
			() => ({ action: 'settings', participants: [], settings: { membersMayAdd: true } }),
		],
		[
			'admins let people in',
			() => group.setJoinApproval(ann, true),
			() => ({ action: 'settings', participants: [], settings: { joinApproval: true } }),
		],
	])('%s: told once, with who did it to whom', async (_what, change, expected) => {
		const body = await after(change);
		expect(body).toMatchObject({
			type: 'group_change',
			message: body.groupChange?.description ?? '',
			number: group.jid,
			chat: { id: group.jid, type: 'group', name: 'Team' },
			isGroup: true,
			fromMe: false,
			late: false,
		});
		expect(body.sender).toMatchObject(as(ann));
		expect(body.groupChange).toEqual(expected());
	});

	test('who comes by the link and who leaves do so themselves, in a group of numbers too', async () => {
		const byNumber = createGroup('By number', 'pn');
		expect(await after(() => byNumber.join(bob), byNumber)).toMatchObject({
			sender: { ...as(bob), name: 'Bob' },
			groupChange: { action: 'join', participants: [as(bob)] },
		});
		expect(await after(() => byNumber.leave(bob), byNumber)).toMatchObject({
			sender: as(bob),
			groupChange: { action: 'leave', participants: [as(bob)] },
		});
	});

	test('a new subject is the name in the very event that tells of it', async () => {
		const renamed = createGroup('Before');
		expect(await after(() => renamed.setSubject(ann, 'After'), renamed)).toMatchObject({
			message: 'After',
			chat: { name: 'After' },
			groupChange: { action: 'subject', participants: [], subject: 'After' },
		});
	});

	test('a new group is told with all in it, and one this account is added to or taken out of as such', async () => {
		const made = rig.simulator.createGroup({
			subject: 'Made',
			participants: [ann, bob, rig.phone],
			announced: true,
		});
		await rig.until(() => told(made).length === 1, 'the new group');
		expect(told(made)[0]).toMatchObject({
			chat: { name: 'Made' },
			sender: as(ann),
			groupChange: { action: 'create', subject: 'Made', participants: [as(ann), as(bob), own()] },
		});
		const theirs = rig.simulator.createGroup({ subject: 'Theirs', participants: [ann, bob] });
		expect(await after(() => theirs.add(ann, rig.phone), theirs)).toMatchObject({
			chat: { name: 'Theirs' },
			sender: as(ann),
			groupChange: { action: 'add', subject: 'Theirs', participants: [own()] },
		});
		expect(await after(() => theirs.remove(ann, rig.phone), theirs)).toMatchObject({
			chat: { name: 'Theirs' },
			groupChange: { action: 'remove', participants: [own()] },
		});
	});

	test('what this account does itself is told as its own', async () => {
		const ours = createGroup('Ours');
		await after(() => ours.promote(ann, bob), ours);
		expect(
			await after(() => ours.demote(rig.phone as unknown as Contact, bob), ours),
		).toMatchObject({
			fromMe: true,
			sender: own(),
			groupChange: { action: 'demote' },
		});
	});

	test('what was missed offline comes once, in order, marked late', async () => {
		const busy = createGroup('Busy');
		await ann.sendText(busy, 'hello');
		await rig.until(() => rig.of('received').some(({ message }) => message === 'hello'), 'hello');
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await rig.untilState('reconnecting');
		busy.add(ann, bob);
		busy.setSubject(ann, 'Busier');
		await ann.sendText(busy, 'welcome');
		busy.remove(ann, bob);
		rig.simulator.refuseUpgrades(undefined);
		await rig.untilState('connected');
		await device.drained();
		const events = rig
			.of('received')
			.filter(({ number }) => number === busy.jid)
			.slice(1);
		expect(events.map(({ groupChange, message }) => groupChange?.action ?? message)).toEqual([
			'add',
			'subject',
			'welcome',
			'remove',
		]);
		expect(events.map(({ late }) => late)).toEqual([true, true, true, true]);
	});

	test('is on disk before WhatsApp is told that it has come, and told once when it comes again', async () => {
		const again = createGroup('Again');
		const onDisk: boolean[] = [];
		const look = ({ type }: { type: string | undefined }) => {
			if (type !== 'w:gp2') return;
			const sql = `SELECT 1 FROM messages WHERE type = 'group_change' AND chat_id = ?`;
			onDisk.push(rig.database.get(sql, again.jid) !== undefined);
		};
		const stop = rig.simulator.on('acknowledged', look);
		await after(() => again.add(ann, bob), again);
		expect(onDisk).toEqual([true]);
		stop();
		device.loseReceipts(true);
		again.promote(ann, bob);
		await rig.until(() => told(again).length === 2, 'the promotion');
		// The process is gone after its commit, and its acknowledgement with it.
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await device.whenOffline();
		device.loseReceipts(false);
		await rig.restart();
		rig.simulator.refuseUpgrades(undefined);
		await rig.untilState('connected');
		await device.whenOnline();
		await device.drained();
		again.demote(ann, bob);
		await rig.until(() => changes(again).at(-1)?.action === 'demote', 'the end');
		expect(changes(again).map((change) => change?.action)).toEqual(['add', 'promote', 'demote']);
	});

	test('stands in the look-up and in lists of its type, is no message to answer, and leaves nothing unread', async () => {
		const listed = createGroup('Listed');
		await rig.settings.change(INSTANCE, { read: true });
		const { messageId } = await after(() => listed.promote(ann, bob), listed);
		const text = await ann.sendText(listed, 'to be read');
		await device.receipt(text, 'read');
		const lookup = new MessageLookup({
			messages: new MessageRepository(rig.database, 1000),
			clock: { now: () => Date.now() },
			toMediaUrl: () => '',
			nameOf: () => null,
			keyOf: () => '',
		});
		const list = (query: { type?: 'group_change' }) =>
			lookup
				.list(INSTANCE, { chatId: listed.jid, limit: 9, ...query })
				.messages.map((message) => message.messageId);
		expect([list({}), list({ type: 'group_change' })]).toEqual([[text], [messageId]]);
		expect(lookup.find(INSTANCE, { messageId })).toMatchObject({
			type: 'group_change',
			groupChange: { action: 'promote' },
		});
		expect(lookup.findStored(INSTANCE, { messageId })).toBeUndefined();
		await expect(device.receipt(messageId, 'read', { timeoutMs: 50 })).rejects.toThrow();
		await rig.settings.change(INSTANCE, { read: false });
	});

	test('contacts say nothing of groups in the place of WhatsApp’s server', async () => {
		const mallory = rig.simulator.createContact({ number: '15550005002', name: 'Mallory' });
		const say = (type: string, attributes: object, content: ReturnType<typeof element>) =>
			mallory.sendStanza(rig.phone, 'notification', { type, ...attributes }, [content]);
		const removal = element('remove', {}, [element('participant', { jid: ann.lid })]);
		say('w:gp2', { participant: ann.lid }, removal);
		say('w:gp2', { participant: ann.lid, recipient: group.jid }, removal);
		say('picture', {}, element('set', { jid: group.jid, id: '1', author: ann.lid }));
		say('account_sync', {}, removal);
		await device.drained();
		await mallory.sendText(rig.phone, 'done');
		await rig.until(() => rig.of('received').some(({ message }) => message === 'done'), 'done');
		expect(rig.of('received').filter(({ type }) => type === 'group_change')).toEqual([]);
	});

	test('nonsense of the server itself breaks nothing', async () => {
		const from = { from: group.jid, participant: ann.lid, type: 'w:gp2' };
		const odd = [
			undefined,
			element('add', {}),
			element('create', {}),
			element('subject', {}),
			element('member_add_mode', {}),
		];
		for (const [id, content] of odd.entries()) {
			device.deliver(
				element('notification', { ...from, id: `odd${id}` }, content ? [content] : undefined),
			);
		}
		await device.drained();
		await comeBack();
		await ann.sendText(group, 'and on');
		await rig.until(() => rig.of('received').some(({ message }) => message === 'and on'), 'and on');
	});
});
