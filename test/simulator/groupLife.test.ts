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

describe.each(['lid', 'pn'] as const)('the life of a group addressed by %s', (addressing) => {
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
		bob = simulator.createContact({ number: '15550003333', name: 'Bob' });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	beforeEach(() => {
		group = simulator.createGroup({
			subject: 'All',
			participants: [ann, phone, bob],
			admins: [phone],
			addressing,
		});
	});

	afterEach(async () => {
		await device.drained();
		expect(simulator.counters).toMatchObject({ nacks: {}, unknownQueries: {}, decryptErrors: 0 });
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	test('the client changes what a group is called and may do, and reads it back', async () => {
		const { socket } = client;
		await socket.groupUpdateSubject(group.jid, 'New name');
		await socket.groupUpdateDescription(group.jid, 'What it is about');
		await socket.groupSettingUpdate(group.jid, 'announcement');
		await socket.groupSettingUpdate(group.jid, 'locked');
		await socket.groupToggleEphemeral(group.jid, 86400);
		await socket.groupMemberAddMode(group.jid, 'all_member_add');
		await socket.groupJoinApprovalMode(group.jid, 'on');
		expect(group).toMatchObject({
			subject: 'New name',
			description: { text: 'What it is about', by: phone },
			settings: {
				announcement: true,
				locked: true,
				ephemeralSeconds: 86400,
				memberAddMode: 'all_member_add',
				joinApproval: true,
			},
		});
		expect(await socket.groupMetadata(group.jid)).toMatchObject({
			subject: 'New name',
			desc: 'What it is about',
			descOwner: group.jidOf(phone),
			announce: true,
			restrict: true,
			ephemeralDuration: 86400,
			memberAddMode: true,
			joinApprovalMode: true,
		});
		await socket.groupUpdateDescription(group.jid);
		await socket.groupSettingUpdate(group.jid, 'not_announcement');
		expect((await socket.groupMetadata(group.jid)).desc).toBeUndefined();
		expect(group.settings.announcement).toBe(false);
	});

	test('the client adds, removes, promotes and demotes, and each person has a result', async () => {
		const cid = simulator.createContact({ number: `1555100${addressing === 'pn' ? 1 : 2}111` });
		const shy = simulator.createContact({ number: `1555100${addressing === 'pn' ? 1 : 2}222` });
		shy.groupAddError = 403;
		const change = (people: string[], action: 'add' | 'remove' | 'promote' | 'demote') =>
			client.socket.groupParticipantsUpdate(group.jid, people, action);
		const added = await change([cid.pn, shy.pn, ann.pn, '15559999999@s.whatsapp.net'], 'add');
		expect(added.map(({ status }) => status)).toEqual(['200', '403', '409', '404']);
		expect(added[1]?.content).toMatchObject({
			content: [{ tag: 'add_request', attrs: { code: expect.any(String) as string } }],
		});
		await change([cid.lid], 'promote');
		expect(group.rankOf(cid)).toBe('admin');
		await change([cid.lid], 'demote');
		expect(group.rankOf(cid)).toBeUndefined();
		await change([cid.lid], 'remove');
		expect(group.has(cid)).toBe(false);
		expect(group.has(shy)).toBe(false);
	});

	test('a plain member may not change members, nor the subject of a locked group', async () => {
		group.admins.delete(phone);
		group.settings.locked = true;
		const { socket } = client;
		await expect(socket.groupParticipantsUpdate(group.jid, [bob.pn], 'remove')).rejects.toThrow(
			'forbidden',
		);
		await expect(socket.groupUpdateSubject(group.jid, 'Mine')).rejects.toThrow('forbidden');
		await expect(socket.groupInviteCode(group.jid)).rejects.toThrow('not-authorized');
		expect(group).toMatchObject({ subject: 'All', participants: [ann, phone, bob] });
	});

	test('the client makes a group, whose members read what it writes there', async () => {
		const made = await client.socket.groupCreate('Made by a client', [ann.pn, bob.pn]);
		const found = simulator.findGroup(made.id);
		expect(found).toMatchObject({
			subject: 'Made by a client',
			creator: phone,
			participants: [phone, ann, bob],
		});
		const id = (await client.socket.sendMessage(made.id, { text: 'welcome' }))?.key.id;
		expect((await ann.receive((message) => message.id === id)).chatJid).toBe(made.id);
		expect((await bob.receive((message) => message.id === id)).text).toBe('welcome');
	});

	test('invite links are shown, followed and revoked', async () => {
		const other = simulator.createGroup({ subject: 'Open', participants: [ann], addressing });
		const { socket } = client;
		const info = await socket.groupGetInviteInfo(other.inviteCode);
		expect(info).toMatchObject({ id: other.jid, subject: 'Open', size: 1 });
		expect(await socket.groupAcceptInvite(other.inviteCode)).toBe(other.jid);
		expect(other.participants).toEqual([ann, phone]);
		const code = await socket.groupInviteCode(group.jid);
		expect(code).toBe(group.inviteCode);
		expect(await socket.groupRevokeInvite(group.jid)).toBe(group.inviteCode);
		expect(group.inviteCode).not.toBe(code);
		await expect(socket.groupGetInviteInfo(code ?? '')).rejects.toThrow('gone');
		await expect(socket.groupGetInviteInfo('neverWasOne')).rejects.toThrow('not-acceptable');
	});

	test('where admins decide, joining by link is a request that they grant', async () => {
		group.settings.joinApproval = true;
		const cid = simulator.createContact({ number: `1555200${addressing === 'pn' ? 1 : 2}111` });
		group.askToJoin(cid);
		const { socket } = client;
		expect(await socket.groupRequestParticipantsList(group.jid)).toMatchObject([
			{ jid: group.jidOf(cid) },
		]);
		expect(
			await socket.groupRequestParticipantsUpdate(group.jid, [group.jidOf(cid)], 'approve'),
		).toEqual([{ status: '200', jid: group.jidOf(cid) }]);
		expect(group.has(cid)).toBe(true);
	});

	test('the client leaves, and is not told about the group any more', async () => {
		await client.socket.groupLeave(group.jid);
		expect(group.participants).toEqual([ann, bob]);
		await expect(client.socket.groupMetadata(group.jid)).rejects.toThrow('forbidden');
	});

	test('what others do in the group is told to the client', async () => {
		const updates = client.record('groups.update');
		const people = client.record('group-participants.update');
		const author = group.jidOf(ann);
		// Baileys keeps only the first of several updates of a group that come together.
		group.setSubject(ann, 'By Ann');
		await client.until(() => updates[0], 'the new subject');
		group.setDescription(ann, 'About Ann');
		await client.until(() => updates[1], 'the new description');
		group.setAnnouncement(ann, true);
		await client.until(() => updates[2], 'the new setting');
		expect(updates.flat()).toMatchObject([
			{ id: group.jid, subject: 'By Ann', author },
			{ id: group.jid, desc: 'About Ann', author },
			{ id: group.jid, announce: true, author },
		]);
		group.remove(ann, bob);
		group.add(ann, bob);
		group.promote(ann, bob);
		group.leave(bob);
		await client.until(() => people[3], 'four changes of members');
		expect(people).toMatchObject([
			{ id: group.jid, author, action: 'remove', participants: [{ id: group.jidOf(bob) }] },
			{ action: 'add' },
			{ action: 'promote', participants: [{ id: group.jidOf(bob), admin: 'admin' }] },
			{ action: 'remove', author: group.jidOf(bob) },
		]);
	});

	test('being added to a group, and removed from it, is told to the client', async () => {
		const made = client.record('groups.upsert');
		const people = client.record('group-participants.update');
		const other = simulator.createGroup({
			subject: 'Others',
			participants: [ann, bob],
			addressing,
		});
		other.add(ann, phone);
		await client.until(() => made.flat().find(({ id }) => id === other.jid), 'the new group');
		other.remove(ann, phone);
		const removal = await client.until(() => people[0], 'the removal');
		expect(removal).toMatchObject({
			id: other.jid,
			action: 'remove',
			participants: [{ id: other.jidOf(phone) }],
		});
	});

	test('what happened while the client was offline is told at its next login', async () => {
		client.end();
		await device.whenOffline();
		group.setSubject(bob, 'Meanwhile');
		client.connect();
		const updates = client.record('groups.update');
		await client.until(
			() => updates.flat().find(({ subject }) => subject === 'Meanwhile'),
			'the new subject',
		);
	});
});
