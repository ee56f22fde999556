import sharp from 'sharp';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import { open } from '../../../runner/storage/encryption/sealedColumns';
import type { Contact, LinkedDevice } from '../../simulator';
import type { Group } from '../../simulator/accounts/Group';
import { INSTANCE, SessionRig } from './SessionRig';

const METADATA = 'w:g2/get/query';
const ALL = 'w:g2/get/participating';

describe('the groups of a linked instance', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: Contact;
	let bob: Contact;
	let before: Group;

	beforeAll(async () => {
		rig = await SessionRig.create();
		ann = rig.simulator.createContact({ number: '15550002001', name: 'Ann' });
		bob = rig.simulator.createContact({ number: '15550002002', name: 'Bob' });
		before = createGroup('Before linking');
		device = await rig.link();
	});
	afterAll(() => rig.remove());
	afterEach(() => {
		rig.simulator.groupQueryLimit = undefined;
		rig.events.length = 0;
	});

	function createGroup(subject: string, options: object = {}): Group {
		const participants = [rig.phone, ann, bob];
		return rig.simulator.createGroup({ subject, participants, ...options });
	}
	const asked = (query: string) => rig.simulator.counters.queries[query] ?? 0;
	const groups = () => rig.session.groups;
	const nameOf = (id: string) =>
		rig.database.get<{ subject: string }>(
			`SELECT ${open('groups.subject')} FROM groups WHERE id = ?`,
			id,
		)?.subject;

	test('their names are learned with one query when the connection opens', async () => {
		await rig.until(() => nameOf(before.jid) === 'Before linking', 'the name of the group');
		expect([asked(ALL), asked(METADATA)]).toEqual([1, 0]);
		await ann.sendText(before, 'hello all');
		expect(await rig.event('received')).toMatchObject({
			chat: { id: before.jid, type: 'group', name: 'Before linking' },
			sender: { phone: ann.number, name: 'Ann' },
		});
	});

	test('they are listed, and shown with their members by both identities', async () => {
		const group = createGroup('Listed', { admins: [ann], announced: true });
		await rig.until(() => nameOf(group.jid), 'the new group');
		const details = await groups().get(group.jid);
		expect(details).toMatchObject({
			id: group.jid,
			subject: 'Listed',
			description: null,
			owner: rig.phone.number,
			size: 3,
			announce: false,
			locked: false,
			isAdmin: true,
		});
		expect(details.participants).toEqual([
			{ id: rig.phone.lid, phone: rig.phone.number, lid: rig.phone.lid, role: 'superadmin' },
			{ id: ann.lid, phone: ann.number, lid: ann.lid, role: 'admin' },
			{ id: bob.lid, phone: bob.number, lid: bob.lid, role: 'member' },
		]);
		const listed = (await groups().list()).find(({ id }) => id === group.jid);
		expect({ ...listed, participants: details.participants }).toEqual(details);
		expect(listed).not.toHaveProperty('participants');
	});

	test('an account that is no admin is told so', async () => {
		const group = rig.simulator.createGroup({
			subject: 'Of Ann',
			participants: [ann, rig.phone],
			addressing: 'pn',
		});
		expect(await groups().get(group.jid)).toMatchObject({ isAdmin: false, owner: ann.number });
		for (const change of [
			groups().update(group.jid, { announce: true }),
			groups().setTimer(group.jid, 86_400),
			groups().changeParticipants(group.jid, 'add', [bob.pn]),
			groups().renewInvite(group.jid),
			groups().invite(group.jid),
		]) {
			await expect(change).rejects.toMatchObject({ code: 'group_change_refused' });
		}
		expect(group.settings.announcement).toBe(false);
	});

	test('questions about a group are one at a time, and answered from memory until it changes', async () => {
		const group = createGroup('Cached');
		const start = asked(METADATA);
		await Promise.all([groups().get(group.jid), groups().get(group.jid)]);
		await groups().get(group.jid);
		await rig.send(group.jid, 'hello');
		expect(asked(METADATA) - start).toBe(1);
		group.setSubject(ann, 'Renamed');
		await rig.until(() => nameOf(group.jid) === 'Renamed', 'the new name');
		expect((await groups().get(group.jid)).subject).toBe('Renamed');
		expect(asked(METADATA) - start).toBe(2);
		await groups().update(group.jid, { locked: true });
		expect((await groups().get(group.jid)).locked).toBe(true);
	});

	test('who joins and leaves is seen at the next question', async () => {
		const group = createGroup('Moving');
		await groups().get(group.jid);
		group.remove(rig.phone, bob);
		const hasTwo = async () => (await groups().get(group.jid)).size === 2;
		for (let tries = 0; !(await hasTwo()); tries++) {
			if (tries > 100) throw new Error('Bob is still there.');
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	});

	test('a limit of WhatsApp is told as one, and does not last in memory', async () => {
		const group = createGroup('Limited');
		rig.simulator.groupQueryLimit = 0;
		await expect(groups().get(group.jid)).rejects.toMatchObject({ code: 'rate_limited' });
		rig.simulator.groupQueryLimit = undefined;
		expect((await groups().get(group.jid)).subject).toBe('Limited');
	});

	test('a group is made, with a word on each who was to be in it', async () => {
		const shy = rig.simulator.createContact({ number: '15550002003' });
		shy.groupAddError = 403;
		const created = await groups().create({
			subject: 'Made here',
			description: 'About us',
			participants: [ann.pn, shy.pn, '15550009999@s.whatsapp.net'],
		});
		expect(created).toMatchObject({ subject: 'Made here', description: 'About us', size: 2 });
		expect(created.participants.map(({ phone }) => phone)).toEqual([rig.phone.number, ann.number]);
		expect(created.results).toEqual([
			{ number: ann.number, ok: true, code: 200, reason: null },
			{
				number: shy.number,
				ok: false,
				code: 403,
				reason: 'This contact can only be invited: send the invite link of the group.',
			},
			{
				number: '15550009999',
				ok: false,
				code: 404,
				reason: 'This number is not on WhatsApp, or not in the group.',
			},
		]);
		expect(rig.simulator.findGroup(created.id)?.description?.text).toBe('About us');
		await rig.until(() => nameOf(created.id) === 'Made here', 'its name');
	});

	test('subject, description and settings are changed, what is left out stays', async () => {
		const group = createGroup('Old');
		const changes = { subject: 'New', description: 'First', announce: true, locked: true };
		expect(await groups().update(group.jid, changes)).toMatchObject(changes);
		expect(await groups().update(group.jid, { description: '', announce: false })).toMatchObject({
			subject: 'New',
			description: null,
			announce: false,
			locked: true,
		});
		expect(group.description).toBeUndefined();
	});

	test('members are added, made admins and removed, by number in a group of LIDs', async () => {
		const group = createGroup('Members');
		const cem = rig.simulator.createContact({ number: '15550002004' });
		const change = (action: 'add' | 'promote' | 'demote' | 'remove', ...people: Contact[]) =>
			groups().changeParticipants(
				group.jid,
				action,
				people.map(({ pn }) => pn),
			);
		expect(await change('add', cem, ann)).toMatchObject([
			{ number: cem.number, ok: true },
			{ number: ann.number, ok: false, code: 409 },
		]);
		expect(await change('promote', cem)).toMatchObject([{ ok: true }]);
		expect(group.rankOf(cem)).toBe('admin');
		expect(await change('demote', cem)).toMatchObject([{ ok: true }]);
		expect(await change('remove', cem)).toMatchObject([{ ok: true }]);
		expect(group.has(cem)).toBe(false);
		expect(await change('remove', cem)).toMatchObject([{ ok: false, code: 404 }]);
	});

	test('the timer is set by an admin, and the next message carries it', async () => {
		const group = createGroup('Timer');
		for (const seconds of [86_400, 0]) {
			await groups().setTimer(group.jid, seconds);
			expect(group.settings.ephemeralSeconds).toBe(seconds);
			const timerOf = () =>
				new PeopleLists(rig.database)
					.chats(INSTANCE, { limit: 200 })
					.chats.find(({ id }) => id === group.jid)?.disappearingSeconds;
			await rig.until(() => timerOf() === seconds, 'the timer in the list');
			const { messageId } = await rig.send(group.jid, 'hello');
			const { message } = await ann.receive(({ id }) => id === messageId);
			expect(message.extendedTextMessage?.contextInfo?.expiration ?? 0).toBe(seconds);
		}
	});

	test('the picture is what was given', async () => {
		const group = createGroup('Picture');
		const jpeg = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
			.jpeg()
			.toBuffer();
		await groups().setImage(group.jid, jpeg);
		expect(group.picture).toEqual(jpeg);
	});

	test('an invite is shown, renewed, and leads into the group', async () => {
		const group = createGroup('Invite');
		const first = await groups().invite(group.jid);
		expect(first).toEqual({
			code: group.inviteCode,
			link: `https://chat.whatsapp.com/${group.inviteCode}`,
		});
		const second = await groups().renewInvite(group.jid);
		expect(second.code).toBe(group.inviteCode);
		expect(second.code).not.toBe(first.code);

		const theirs = rig.simulator.createGroup({ subject: 'Theirs', participants: [ann, bob] });
		const link = `https://chat.whatsapp.com/${theirs.inviteCode}`;
		expect(await groups().join(link)).toEqual({ id: theirs.jid, pending: false });
		expect(theirs.has(rig.phone)).toBe(true);
		await rig.until(() => nameOf(theirs.jid) === 'Theirs', 'its name');
		await expect(groups().join(first.link)).rejects.toMatchObject({ code: 'group_not_found' });
		await expect(groups().join('https://example.test/x')).rejects.toMatchObject({
			code: 'invalid_body',
		});
	});

	test('a group whose admins approve first is told as pending', async () => {
		const group = rig.simulator.createGroup({ subject: 'Closed', participants: [ann] });
		group.settings.joinApproval = true;
		expect(await groups().join(group.inviteCode)).toEqual({ id: null, pending: true });
		expect(group.joinRequests).toEqual([rig.phone]);
	});

	test('a group that was left is forgotten', async () => {
		const group = createGroup('Left', { announced: true });
		await rig.until(() => nameOf(group.jid) === 'Left', 'its name');
		await groups().leave(group.jid);
		expect(group.has(rig.phone)).toBe(false);
		await rig.until(() => nameOf(group.jid) === undefined, 'that it is forgotten');
		await expect(groups().get(group.jid)).rejects.toMatchObject({ code: 'group_change_refused' });
	});

	test('a group that an admin took this account out of is forgotten', async () => {
		const group = rig.simulator.createGroup({
			subject: 'Out',
			participants: [ann, bob, rig.phone],
			announced: true,
		});
		await rig.until(() => nameOf(group.jid) === 'Out', 'its name');
		group.remove(ann, bob);
		group.remove(ann, rig.phone);
		await rig.until(() => nameOf(group.jid) === undefined, 'that it is forgotten');
	});

	test('a group nobody knows is not found', async () => {
		await expect(groups().get('120363999@g.us')).rejects.toMatchObject({ code: 'group_not_found' });
	});

	test('without a connection the caller is told to wait, and without a phone to link one', async () => {
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await rig.untilState('reconnecting');
		expect(() => groups()).toThrow(expect.objectContaining({ code: 'engine_down' }));
		rig.simulator.refuseUpgrades(undefined);
		await rig.untilState('connected');
		await rig.session.logout();
		expect(() => groups()).toThrow(expect.objectContaining({ code: 'instance_not_linked' }));
		expect(rig.database.all('SELECT id FROM groups')).toEqual([]);
	});
});
