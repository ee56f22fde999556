import { ChatNames } from '../../../runner/people/ChatNames';
import { ContactRepository } from '../../../runner/people/ContactRepository';
import { mergeLid } from '../../../runner/people/mergeLid';
import { PeopleJournal } from '../../../runner/people/PeopleJournal';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import { damage } from '../storage/encryption/support/damage';
import { PeopleFixture } from './PeopleFixture';

describe('names that are damaged', () => {
	let fixture: PeopleFixture;
	beforeEach(async () => {
		fixture = await PeopleFixture.create();
		const { database, instanceId } = fixture;
		const journal = new PeopleJournal({ ...fixture, database, instanceId, ttlMs: 1000 });
		await database.write([
			...journal.noteContacts([
				{ phone: '15550000001', lid: null, name: 'Ann' },
				{ phone: '15550000002', lid: null, name: 'Bob' },
				{ phone: null, lid: '77@lid', pushName: 'Eve' },
			]),
			...journal.noteChats([
				{ id: '15550000001@s.whatsapp.net', name: 'Ann', lastMessageAt: 2000 },
				{ id: '120363@g.us', name: 'Team', lastMessageAt: 1000 },
			]),
		]);
		await damage(database, 'contacts', 'name', `phone = '15550000001'`);
		await damage(database, 'contacts', 'push_name');
	});
	afterEach(() => fixture.remove());

	test('lists show who it is without them, and the others as they are', async () => {
		const { database, instanceId } = fixture;
		const lists = new PeopleLists(database);
		const { contacts } = lists.contacts(instanceId, { limit: 50 });
		expect(Object.fromEntries(contacts.map(({ id, name }) => [id, name]))).toEqual({
			'15550000001@s.whatsapp.net': null,
			'15550000002@s.whatsapp.net': 'Bob',
			'77@lid': null,
		});
		await damage(database, 'chats', 'name', `id = '120363@g.us'`);
		expect(lists.chats(instanceId, { limit: 50 }).chats.map(({ name }) => name)).toEqual([
			'Ann',
			null,
		]);
		expect(new ChatNames(database).nameOf(instanceId, '120363@g.us')).toBeNull();
	});

	test('a hidden contact becomes known all the same', async () => {
		const { database, instanceId } = fixture;
		await database.write(mergeLid(instanceId, '77@lid', '15550000003'));
		const id = '15550000003@s.whatsapp.net';
		expect(new ContactRepository(database, 1000).find(instanceId, id)).toMatchObject({
			phone: '15550000003',
			name: null,
		});
	});

	test('a group is called as WhatsApp says when it says so again', async () => {
		const { database, instanceId } = fixture;
		const people = { database, instanceId, clock: fixture.clock, ttlMs: 1000 };
		const hear = () => database.write(new PeopleJournal(people).noteAllGroups([group]));
		const group = { id: '120363@g.us', subject: 'Team' };
		await hear();
		await damage(database, 'groups', 'subject');
		await hear();
		expect(new ChatNames(database).nameOf(instanceId, group.id)).toBe('Team');
	});
});
