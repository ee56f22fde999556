import type { BaileysEventMap } from '@whiskeysockets/baileys';
import { PeopleJournal } from '../../../../runner/people/PeopleJournal';
import { PeopleLists } from '../../../../runner/people/PeopleLists';
import type { Statement } from '../../../../runner/storage/Statement';
import { capturePeople } from '../../../../runner/whatsapp/people/capturePeople';
import { PeopleFixture } from '../../people/PeopleFixture';

const ANN = '15550002222@s.whatsapp.net';
const GROUP = '120363@g.us';

/** What the simulated phone does not say: the rest is tested over the simulator. */
describe('what Baileys says about people', () => {
	let fixture: PeopleFixture;
	let people: PeopleJournal;
	let staged: Statement[];
	beforeEach(async () => {
		fixture = await PeopleFixture.create();
		people = new PeopleJournal({ ...fixture, ttlMs: 60_000 });
		staged = [];
	});
	afterEach(() => fixture.remove());

	const identities = {
		phoneOfLid: (lid: string) => (lid === '22@lid' ? '15550002222' : null),
		lidOfPhone: (phone: string) => (phone === '15550002222' ? '22@lid' : null),
		own: { phone: '15550001111', lid: '11@lid' },
	};
	async function tell<E extends keyof BaileysEventMap>(event: E, data: BaileysEventMap[E]) {
		const options = { people, groups: { forget: () => undefined }, identities };
		capturePeople({ ...options, stage: (statements) => staged.push(...statements) }, event, data);
		await fixture.database.write(staged.splice(0));
	}
	const lists = () => new PeopleLists(fixture.database);
	const chats = () => lists().chats(fixture.instanceId, { limit: 50 }).chats;
	const contacts = () => lists().contacts(fixture.instanceId, { limit: 50 }).contacts;

	test('the address book names people, by either identity', async () => {
		await tell('contacts.upsert', [{ id: '22@lid', name: 'Ann from work' }]);
		await tell('contacts.upsert', [{ id: ANN, name: 'Ann' }]);
		expect(contacts()).toMatchObject([{ id: ANN, lid: '22@lid', name: 'Ann' }]);
	});

	test('a verified name makes a business, written down once', async () => {
		const update = [{ id: ANN, notify: 'Shop', verifiedName: 'The Shop' }];
		await tell('contacts.update', update);
		expect(contacts()).toMatchObject([{ id: ANN, isBusiness: true }]);
		capturePeople(
			{
				people,
				groups: { forget: () => undefined },
				identities,
				stage: (statements) => staged.push(...statements),
			},
			'contacts.update',
			update,
		);
		expect(staged).toEqual([]);
	});

	test('what was read on the phone is read, what was marked as unread is not', async () => {
		await tell('chats.upsert', [{ id: '22@lid', unreadCount: 4 }]);
		expect(chats()).toMatchObject([{ id: ANN, unreadCount: 4 }]);
		await tell('chats.update', [{ id: ANN, unreadCount: 0 }]);
		expect(chats()).toMatchObject([{ unreadCount: 0 }]);
		await tell('chats.update', [{ id: ANN, unreadCount: -1 }]);
		expect(chats()).toMatchObject([{ unreadCount: 1 }]);
	});

	test('a count that goes up is left to the message it comes with', async () => {
		await tell('chats.upsert', [{ id: ANN, unreadCount: 2 }]);
		await tell('chats.update', [{ id: ANN, unreadCount: 1, conversationTimestamp: 5 }]);
		expect(chats()).toMatchObject([{ unreadCount: 2 }]);
	});

	test('groups, status posts and channels are no contacts, and the last two no chats', async () => {
		const ids = [GROUP, 'status@broadcast', '120363@newsletter'];
		await tell('messaging-history.set', {
			contacts: ids.map((id) => ({ id, name: 'x' })),
			chats: ids.map((id) => ({ id, name: 'x' })),
			messages: [],
		});
		expect(contacts()).toEqual([]);
		expect(chats()).toMatchObject([{ id: GROUP, name: 'x' }]);
	});

	test('what says nothing about people stages nothing', async () => {
		await tell('connection.update', { connection: 'open' });
		await tell('groups.update', [{ id: GROUP, announce: true }]);
		await tell('chats.update', [{ id: ANN, archived: true }]);
		expect([chats(), contacts(), fixture.rows('groups')]).toEqual([[], [], []]);
	});
});
