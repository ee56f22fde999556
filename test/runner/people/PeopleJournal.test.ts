import { ChatNames } from '../../../runner/people/ChatNames';
import { ChatRepository } from '../../../runner/people/ChatRepository';
import { expireOldPeople } from '../../../runner/people/expireOldPeople';
import { PeopleJournal } from '../../../runner/people/PeopleJournal';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import type { MessageNews } from '../../../runner/people/PeopleNews';
import { PeopleFixture } from './PeopleFixture';

const ANN = { phone: '15550002222', lid: '22@lid', name: 'Ann' };
const ANN_ID = '15550002222@s.whatsapp.net';
const GROUP = '120363@g.us';
const DAY_MS = 86_400_000;

describe('the journal of people', () => {
	let fixture: PeopleFixture;
	let journal: PeopleJournal;
	let lists: PeopleLists;
	let names: ChatNames;

	beforeEach(async () => {
		fixture = await PeopleFixture.create();
		journal = createJournal();
		lists = new PeopleLists(fixture.database);
		names = new ChatNames(fixture.database);
	});
	afterEach(() => fixture.remove());

	const createJournal = () => {
		const { database, clock, instanceId } = fixture;
		return new PeopleJournal({ database, clock, instanceId, ttlMs: 30 * DAY_MS });
	};
	const message = (news: Partial<MessageNews> = {}): MessageNews => ({
		chatId: ANN_ID,
		isFromMe: false,
		isContent: true,
		sentAtMs: fixture.clock.now(),
		sender: ANN,
		...news,
	});
	const note = (news?: Partial<MessageNews>) =>
		fixture.database.write(journal.noteMessage(message(news)));
	const chats = () => lists.chats(fixture.instanceId, { limit: 50 }).chats;
	const contacts = () => lists.contacts(fixture.instanceId, { limit: 50 }).contacts;
	const nameOf = (id: string) => names.nameOf(fixture.instanceId, id);

	test('a message makes its chat and its sender known', async () => {
		await note();
		expect(chats()).toEqual([
			{
				id: ANN_ID,
				number: ANN.phone,
				type: 'direct',
				name: 'Ann',
				key: expect.stringMatching(/^chat_[\w-]{22}$/),
				lastMessageAt: new Date(fixture.clock.now()).toISOString(),
				unreadCount: 1,
				disappearingSeconds: 0,
			},
		]);
		expect(contacts()).toEqual([
			{
				id: ANN_ID,
				phone: ANN.phone,
				lid: ANN.lid,
				name: 'Ann',
				pushName: 'Ann',
				isBusiness: null,
			},
		]);
		expect(nameOf(ANN_ID)).toBe('Ann');
	});

	test('a sender is written down once, and again with a new name or a day later', () => {
		expect(journal.noteMessage(message())).toHaveLength(3);
		expect(journal.noteMessage(message())).toHaveLength(1);
		const renamed = message({ sender: { ...ANN, name: 'Annie' } });
		expect(journal.noteMessage(renamed)).toHaveLength(2);
		expect(journal.noteMessage(message({ sender: { ...ANN, name: null } }))).toHaveLength(1);
		fixture.clock.advance(DAY_MS);
		expect(journal.noteMessage(renamed)).toHaveLength(2);
	});

	test('after a failed commit it is written down again', () => {
		journal.noteMessage(message());
		journal.forgetUncommitted();
		expect(journal.noteMessage(message())).toHaveLength(3);
	});

	test('own messages and reactions are nothing to be read', async () => {
		await note({ isFromMe: true });
		await note({ isContent: false });
		expect(chats()).toMatchObject([{ unreadCount: 0 }]);
		await note();
		await note();
		expect(chats()).toMatchObject([{ unreadCount: 2 }]);
	});

	test('a late message does not make a chat older', async () => {
		const now = fixture.clock.now();
		await note({ sentAtMs: now });
		await note({ sentAtMs: now - DAY_MS });
		expect(chats()[0]?.lastMessageAt).toBe(new Date(now).toISOString());
	});

	test('the name of the address book goes before what a contact calls itself', async () => {
		await note();
		const news = { phone: ANN.phone, lid: null, name: 'Ann from work' };
		await fixture.database.write(journal.noteContacts([news]));
		expect(contacts()).toMatchObject([{ name: 'Ann from work', pushName: 'Ann', lid: ANN.lid }]);
		expect(nameOf(ANN_ID)).toBe('Ann from work');
	});

	test('the phone’s word on a chat is taken: its name, and that it was read there', async () => {
		await note({ chatId: GROUP });
		await fixture.database.write(journal.noteChats([{ id: GROUP, name: 'Old name' }]));
		expect(chats()).toMatchObject([{ id: GROUP, type: 'group', name: 'Old name', unreadCount: 1 }]);
		await fixture.database.write(journal.noteChats([{ id: GROUP, unreadCount: 0 }]));
		expect(chats()).toMatchObject([{ name: 'Old name', unreadCount: 0 }]);
	});

	test('groups are called by their subject, and those that were left by none', async () => {
		await fixture.database.write(
			journal.noteAllGroups([
				{ id: GROUP, subject: 'Team' },
				{ id: '2@g.us', subject: 'Left soon' },
			]),
		);
		expect(nameOf(GROUP)).toBe('Team');
		const rows = journal.noteAllGroups([{ id: GROUP, subject: 'Team' }]);
		expect(rows).toHaveLength(1);
		await fixture.database.write(rows);
		expect(nameOf(GROUP)).toBe('Team');
		expect(nameOf('2@g.us')).toBeNull();
		await fixture.database.write(journal.noteGroups([{ id: GROUP, subject: 'Crew' }]));
		expect(nameOf(GROUP)).toBe('Crew');
	});

	describe('when the phone behind a LID becomes known', () => {
		const hidden = { phone: null, lid: ANN.lid, name: 'Ann' };
		const insertMessage = (id: string, chatId: string) =>
			fixture.database.write([
				{
					sql: `INSERT INTO messages (instance_id, chat, message_id, participant, from_me, chat_id, type,
						text, details, number, sender_lid, sent_at, status, expires_at)
						VALUES (?, ?, ?, '', 0, ?, 'text', seal('', 'text'), seal('{}', 'details'), ?, ?, 1, 'RECEIVED', 1)`,
					params: [fixture.instanceId, chatId, id, chatId, chatId, ANN.lid],
				},
			]);

		test('what was stored without it is the phone’s from then on', async () => {
			await note({ chatId: ANN.lid, sender: hidden });
			await insertMessage('DIRECT', ANN.lid);
			await insertMessage('IN_GROUP', GROUP);
			await fixture.database.write(journal.learnedPhone(ANN.lid, ANN.phone));
			expect(chats()).toMatchObject([{ id: ANN_ID, number: ANN.phone, unreadCount: 1 }]);
			expect(contacts()).toMatchObject([{ id: ANN_ID, phone: ANN.phone, lid: ANN.lid }]);
			expect(fixture.rows('messages')).toMatchObject([
				{ message_id: 'DIRECT', chat_id: ANN_ID, number: ANN.phone, sender_phone: ANN.phone },
				{ message_id: 'IN_GROUP', chat_id: GROUP, number: GROUP, sender_phone: ANN.phone },
			]);
		});

		test('two rows become one', async () => {
			await note({ chatId: ANN.lid, sender: hidden });
			await note({ sender: { phone: ANN.phone, lid: null, name: null } });
			const news = { phone: ANN.phone, lid: null, name: 'Ann from work' };
			await fixture.database.write(journal.noteContacts([news]));
			await fixture.database.write(journal.learnedPhone(ANN.lid, ANN.phone));
			expect(chats()).toMatchObject([{ id: ANN_ID, unreadCount: 2, name: 'Ann from work' }]);
			expect(contacts()).toEqual([
				{
					id: ANN_ID,
					phone: ANN.phone,
					lid: ANN.lid,
					name: 'Ann from work',
					pushName: 'Ann',
					isBusiness: null,
				},
			]);
		});

		test('also when it was stored by an earlier run', async () => {
			await insertMessage('DIRECT', ANN.lid);
			await fixture.database.write(createJournal().learnedPhone(ANN.lid, ANN.phone));
			expect(fixture.rows('messages')).toMatchObject([{ chat_id: ANN_ID }]);
		});

		test('a contact known by phone gets its LID', async () => {
			await note({ sender: { ...ANN, lid: null } });
			await fixture.database.write(journal.learnedPhone(ANN.lid, ANN.phone));
			expect(contacts()).toMatchObject([{ id: ANN_ID, lid: ANN.lid }]);
		});

		test('a LID nobody has heard of costs one row, not a search through all messages', () => {
			expect(journal.learnedPhone('404@lid', '15550004444')).toHaveLength(1);
		});
	});

	test('what is unread is found by its keys until it was read', async () => {
		const insert = (id: string, type: string, sentAt: number) => ({
			sql: `INSERT INTO messages (instance_id, chat, message_id, participant, from_me, chat_id, type,
				text, details, number, sent_at, status, expires_at)
				VALUES (?, ?, ?, '', 0, ?, ?, seal('', 'text'), seal('{}', 'details'), '', ?, 'RECEIVED', 1)`,
			params: [fixture.instanceId, ANN.lid, id, ANN_ID, type, sentAt],
		});
		const repository = new ChatRepository(fixture.database, DAY_MS);
		const unread = () => repository.unreadKeys(fixture.instanceId, ANN_ID);
		await note({ sentAtMs: 3000 });
		await note({ sentAtMs: 3000 });
		await fixture.database.write([
			insert('A', 'text', 1000),
			insert('R', 'reaction', 2000),
			insert('B', 'image', 3000),
		]);
		expect(unread().map(({ messageId }) => messageId)).toEqual(['B', 'A']);
		expect(unread()[0]).toEqual({
			messageId: 'B',
			chat: ANN.lid,
			participant: '',
			isFromMe: false,
		});
		const first = repository.findKey(fixture.instanceId, ANN_ID, 'A');
		expect(repository.findKey(fixture.instanceId, GROUP, 'A')).toBeUndefined();
		await fixture.database.write(repository.markRead(fixture.instanceId, ANN_ID, [first!]));
		expect(unread().map(({ messageId }) => messageId)).toEqual(['B']);
		expect(chats()).toMatchObject([{ unreadCount: 1 }]);
		await fixture.database.write(repository.markRead(fixture.instanceId, ANN_ID, unread()));
		await fixture.database.write([repository.markAllRead(fixture.instanceId, ANN_ID)]);
		// In the same second as the last one that was read.
		await fixture.database.write([insert('C', 'text', 3000)]);
		expect(unread().map(({ messageId }) => messageId)).toEqual(['C']);
	});

	test('who was not heard of for the time that messages are kept is forgotten', async () => {
		await note();
		const sweep = () => fixture.database.write(expireOldPeople(fixture.clock.now()));
		fixture.clock.advance(29 * DAY_MS);
		await sweep();
		expect([chats(), contacts()].map(({ length }) => length)).toEqual([1, 1]);
		await note();
		fixture.clock.advance(29 * DAY_MS);
		await sweep();
		expect([chats(), contacts()].map(({ length }) => length)).toEqual([1, 1]);
		fixture.clock.advance(DAY_MS);
		await sweep();
		expect([chats(), contacts()].map(({ length }) => length)).toEqual([0, 0]);
	});

	test('of any number of businesses that write, only the latest are at hand', () => {
		const business = (n: number) => ({ phone: `1555${1_000_000 + n}`, lid: null });
		const rowsFor = (n: number) => journal.noteBusinesses([business(n)]).length;
		for (let n = 0; n < 6_000; n++) expect(rowsFor(n)).toBe(1);
		expect(rowsFor(5_999)).toBe(0);
		expect(rowsFor(0)).toBe(1);
	});

	test('nothing of another account stays behind', async () => {
		await note();
		await fixture.database.write(journal.noteGroups([{ id: GROUP, subject: 'Team' }]));
		await fixture.database.write(journal.removeAll());
		expect([chats(), contacts(), nameOf(GROUP)]).toEqual([[], [], null]);
	});
});
