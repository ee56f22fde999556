import type { Contact, LinkedDevice } from '../../simulator';
import type { Group } from '../../simulator/accounts/Group';
import { SessionRig } from './SessionRig';

const METADATA = 'w:g2/get/query';
const ALL = 'w:g2/get/participating';
const PATIENCE_MS = 2_000;

describe('what groups are called, from their first message on', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: Contact;
	beforeEach(async () => {
		rig = await SessionRig.create();
		ann = rig.simulator.createContact({ number: '15550002001', name: 'Ann' });
	});
	afterEach(() => rig.remove());

	const createGroup = (subject: string, options: object = {}): Group =>
		rig.simulator.createGroup({ subject, participants: [ann, rig.phone], ...options });
	const asked = (query: string) => rig.simulator.counters.queries[query] ?? 0;
	const nameIn = async (text: string) =>
		(
			await rig.until(
				() => rig.of('received').find(({ message }) => message === text),
				`the message "${text}"`,
			)
		).chat.name;
	async function goOffline(): Promise<void> {
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await rig.untilState('reconnecting');
	}
	async function comeBack(): Promise<void> {
		rig.simulator.refuseUpgrades(undefined);
		await rig.untilState('connected');
		await device.drained();
	}

	test('what waits for a phone that is being linked is told with the names of its groups', async () => {
		const groups = Array.from({ length: 5 }, (_, n) => createGroup(`Group ${n}`));
		const { qr } = await rig.session.waitForQr({ timeoutMs: 30_000 });
		device = await rig.phone.scan(qr);
		for (const group of groups) await ann.sendText(group, `to ${group.subject}`);
		for (const group of groups) expect(await nameIn(`to ${group.subject}`)).toBe(group.subject);
		expect([asked(ALL), asked(METADATA)]).toEqual([1, 0]);
	});

	test('a group that WhatsApp did not list is asked for alone, once', async () => {
		device = await rig.link();
		const group = createGroup('Not announced');
		await ann.sendText(group, 'first');
		await ann.sendText(group, 'second');
		expect([await nameIn('first'), await nameIn('second')]).toEqual([group.subject, group.subject]);
		expect([asked(ALL), asked(METADATA)]).toEqual([1, 1]);
	});

	test('a group that the account is added to has its name with the message that comes at once', async () => {
		device = await rig.link();
		const theirs = rig.simulator.createGroup({ subject: 'Theirs', participants: [ann] });
		theirs.add(ann, rig.phone);
		await ann.sendText(theirs, 'welcome');
		theirs.setSubject(ann, 'Ours');
		await ann.sendText(theirs, 'renamed');
		expect([await nameIn('welcome'), await nameIn('renamed')]).toEqual(['Theirs', 'Ours']);
		expect(asked(METADATA)).toBe(0);
	});

	test('what a group said before the account was taken out of it, offline, has its name', async () => {
		const group = createGroup('Lost');
		device = await rig.link();
		await ann.sendText(group, 'before');
		expect(await nameIn('before')).toBe('Lost');
		await goOffline();
		await ann.sendText(group, 'last words');
		group.remove(ann, rig.phone);
		await comeBack();
		expect(await nameIn('last words')).toBe('Lost');
		await rig.until(
			() => rig.database.all('SELECT id FROM groups').length === 0,
			'that the name is forgotten',
		);
	});

	test('silence of WhatsApp holds one message up for two seconds and no other', async () => {
		const groups = [createGroup('One'), createGroup('Two')] as const;
		for (const query of [ALL, METADATA]) rig.simulator.leaveUnanswered(query);
		device = await rig.link();
		await ann.sendText(groups[0], 'first');
		await ann.sendText(groups[1], 'second');
		await ann.sendText(rig.phone, 'direct');
		await rig.elapse(PATIENCE_MS);
		expect([await nameIn('first'), await nameIn('second')]).toEqual([null, null]);
		await nameIn('direct');
		expect(asked(METADATA)).toBe(0);
	});

	test('its limit holds nothing up either, and is not tried a second time', async () => {
		const groups = [createGroup('One'), createGroup('Two')] as const;
		rig.simulator.groupQueryLimit = 0;
		device = await rig.link();
		for (const group of groups) await ann.sendText(group, `to ${group.subject}`);
		expect([await nameIn('to One'), await nameIn('to Two')]).toEqual([null, null]);
		expect([asked(ALL), asked(METADATA)]).toEqual([1, 0]);
	});
});
