import { createHash } from 'node:crypto';
import { ChatKeyRepository } from '../../../runner/people/ChatKeyRepository';
import { ChatKeys } from '../../../runner/people/ChatKeys';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { PeopleFixture } from './PeopleFixture';

const LID = '77@lid';
const PHONE = '15550002222@s.whatsapp.net';

describe('the key of a conversation', () => {
	let fixture: PeopleFixture;
	let keys: ChatKeys;
	beforeEach(async () => {
		fixture = await PeopleFixture.create();
		keys = new ChatKeys(fixture);
	});
	afterEach(() => fixture.remove());

	const tell = async (chatId: string): Promise<string> => {
		const { key, statements } = keys.tell(chatId);
		await fixture.database.write(statements);
		fixture.clock.advance(1);
		return key;
	};
	const merge = (isLidStored = false) =>
		fixture.database.write(keys.merge(LID, PHONE, isLidStored));
	const keyOf = (chatId: string, instanceId = fixture.instanceId) =>
		new ChatKeyRepository(fixture.database).keyOf(instanceId, chatId);

	test.each([
		['the LID', LID, PHONE],
		['the phone', PHONE, LID],
	])(
		'%s was told first: its key is that of the other name too, over a restart',
		async (...names) => {
			const [, first, second] = names;
			const key = await tell(first);
			await merge();
			expect(await tell(second)).toBe(key);
			keys = new ChatKeys(fixture);
			expect([await tell(first), await tell(second)]).toEqual([key, key]);
			expect([keyOf(first), keyOf(second)]).toEqual([key, key]);
		},
	);

	test('of two that turn out to be one the older stays', async () => {
		const older = await tell(LID);
		const younger = await tell(PHONE);
		expect(younger).not.toBe(older);
		await merge();
		expect([await tell(LID), await tell(PHONE)]).toEqual([older, older]);
		await merge();
		expect(keyOf(PHONE)).toBe(older);
	});

	test('a chat that was listed before there were keys keeps the one it was listed with', async () => {
		const listed = keyOf(LID);
		await merge(true);
		expect(await tell(PHONE)).toBe(listed);
	});

	test('people who were never told of have no row', async () => {
		await merge();
		expect(fixture.rows('chat_keys')).toEqual([]);
	});

	test('after a failed commit what was not written did not happen', async () => {
		const listed = keyOf(PHONE);
		keys.tell(LID);
		keys.merge(LID, PHONE, false);
		keys.forgetUncommitted();
		expect(await tell(PHONE)).toBe(listed);
	});

	test('it says nothing of the number, and another instance has another', async () => {
		const key = await tell(PHONE);
		expect(key).toMatch(/^chat_[\w-]{22}$/);
		for (const name of [PHONE, '15550002222']) {
			const guess = createHash('sha256').update(name).digest('base64url');
			expect(guess).not.toContain(key.slice(5));
		}
		expect(JSON.stringify(fixture.rows('chat_keys'))).not.toContain('1555000');
		const other = new InstanceStore(fixture.database).draft('b');
		await new InstanceStore(fixture.database).insert(other);
		expect(keyOf(PHONE, other.created.id)).not.toBe(key);
	});
});
