import { PeopleJournal } from '../../../runner/people/PeopleJournal';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import { PeopleFixture } from './PeopleFixture';

describe('the lists of chats and contacts', () => {
	let fixture: PeopleFixture;
	let lists: PeopleLists;

	beforeAll(async () => {
		fixture = await PeopleFixture.create();
		const { database, instanceId } = fixture;
		lists = new PeopleLists(database);
		const journal = new PeopleJournal({ ...fixture, database, instanceId, ttlMs: 1000 });
		await database.write([
			...journal.noteContacts([
				{ phone: '15550000001', lid: null, name: 'José' },
				{ phone: '15550000002', lid: null, name: 'ann' },
				{ phone: '15550000003', lid: null, pushName: 'Bob' },
				{ phone: null, lid: '77@lid', pushName: 'Bob' },
				{ phone: '15550000005', lid: null },
			]),
			...journal.noteChats([
				{ id: '15550000001@s.whatsapp.net', lastMessageAt: 3000 },
				{ id: '15550000002@s.whatsapp.net', lastMessageAt: 5000, unreadCount: 2 },
				{ id: '120363@g.us', name: 'Team', lastMessageAt: 3000 },
				{ id: '77@lid' },
			]),
		]);
	});
	afterAll(() => fixture.remove());

	const contacts = (query: { search?: string; limit?: number; before?: string } = {}) =>
		lists.contacts(fixture.instanceId, { limit: 50, ...query });
	const chats = (query: { search?: string; limit?: number; before?: string } = {}) =>
		lists.chats(fixture.instanceId, { limit: 50, ...query });

	test('contacts come by name, in any case, those without one by number', () => {
		expect(contacts().contacts.map(({ name, id }) => name ?? id)).toEqual([
			'15550000005@s.whatsapp.net',
			'ann',
			'Bob',
			'Bob',
			'José',
		]);
	});

	test('chats come newest first', () => {
		const { chats: found } = chats();
		expect(found.map(({ name }) => name)).toEqual(['ann', 'José', 'Team', 'Bob']);
		expect(found[3]).toEqual({
			id: '77@lid',
			number: '77@lid',
			type: 'direct',
			name: 'Bob',
			key: expect.stringMatching(/^chat_[\w-]{22}$/),
			lastMessageAt: null,
			unreadCount: 0,
			disappearingSeconds: 0,
		});
	});

	test.each([
		['contacts', (query: { limit: number; before?: string }) => toIds(contacts(query))],
		['chats', (query: { limit: number; before?: string }) => toIds(chats(query))],
	])('pages of %s leave nothing out and repeat nothing', (_what, read) => {
		const all = read({ limit: 50 });
		expect(all.next).toBeNull();
		for (const limit of [1, 2, 3]) {
			const ids: string[] = [];
			for (let before: string | null | undefined; before !== null;) {
				const page = read({ limit, ...(before ? { before } : {}) });
				expect(page.ids.length).toBeLessThanOrEqual(limit);
				ids.push(...page.ids);
				before = page.next;
			}
			expect(ids).toEqual(all.ids);
		}
	});

	test.each([
		['jose', ['José']],
		['BO', ['Bob', 'Bob']],
		['+1 (555) 000-0002', ['ann']],
		['77@lid', ['Bob']],
		['nobody', []],
		['  ', [null, 'ann', 'Bob', 'Bob', 'José']],
	])('a search for %p finds contacts by part of name, number or id', (search, found) => {
		expect(contacts({ search }).contacts.map(({ name }) => name)).toEqual(found);
	});

	test('a search finds chats by the names they show', () => {
		expect(chats({ search: 'team' }).chats).toMatchObject([{ id: '120363@g.us' }]);
		expect(chats({ search: 'jos' }).chats).toMatchObject([{ id: '15550000001@s.whatsapp.net' }]);
	});

	test.each(['nonsense', Buffer.from('["a"]').toString('base64url'), ''])(
		'a place that no page gave is refused: %p',
		(before) => {
			expect(() => contacts({ before })).toThrow('Query in wrong format');
			expect(() => chats({ before })).toThrow('Query in wrong format');
		},
	);

	test('another instance sees nothing of it', () => {
		expect(lists.contacts('other', { limit: 50 }).contacts).toEqual([]);
		expect(lists.chats('other', { limit: 50 }).chats).toEqual([]);
	});
});

function toIds(list: {
	contacts?: Array<{ id: string }>;
	chats?: Array<{ id: string }>;
	next: string | null;
}): { ids: string[]; next: string | null } {
	return { ids: (list.contacts ?? list.chats ?? []).map(({ id }) => id), next: list.next };
}
