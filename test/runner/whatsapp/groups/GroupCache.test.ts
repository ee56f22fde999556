import type { GroupMetadata } from '@whiskeysockets/baileys';
import { GroupCache } from '../../../../runner/whatsapp/groups/GroupCache';
import { FakeClock } from '../../webhooks/support/FakeClock';

const MINUTE_MS = 60_000;
const group = (id: string, subject = id): GroupMetadata => ({
	id,
	subject,
	owner: undefined,
	participants: [],
});

describe('what is known of groups', () => {
	let clock: FakeClock;
	let asked: string[];
	let heard: string[];
	let answer: (id: string) => Promise<GroupMetadata>;
	let cache: GroupCache;
	beforeEach(() => {
		clock = new FakeClock();
		asked = [];
		heard = [];
		answer = async (id) => group(id);
		cache = new GroupCache({
			load(id) {
				asked.push(id);
				return answer(id);
			},
			async loadAll() {
				asked.push('all');
				return [group('1@g.us'), group('2@g.us')];
			},
			onAnswer: (groups) => heard.push(...groups.map(({ id }) => id)),
			clock,
		});
	});

	test('is asked for once at a time, and believed for five minutes', async () => {
		await Promise.all([cache.get('1@g.us'), cache.get('1@g.us')]);
		clock.advance(5 * MINUTE_MS - 1);
		await cache.get('1@g.us');
		expect(asked).toEqual(['1@g.us']);
		clock.advance(1);
		await cache.get('1@g.us');
		expect(asked).toHaveLength(2);
	});

	test('the list of all brings each of them', async () => {
		await Promise.all([cache.all(), cache.all()]);
		await cache.get('2@g.us');
		expect(asked).toEqual(['all']);
	});

	test('is told of to who writes it down, before whoever asked has it', async () => {
		expect(await cache.get('3@g.us').then(() => [...heard])).toEqual(['3@g.us']);
		expect(await cache.all().then(() => heard.slice(1))).toEqual(['1@g.us', '2@g.us']);
	});

	test('a change voids the group and the list, and no other group', async () => {
		await cache.all();
		cache.forget('1@g.us');
		await Promise.all([cache.get('1@g.us'), cache.get('2@g.us'), cache.all()]);
		expect(asked).toEqual(['all', '1@g.us', 'all']);
	});

	test('a failure is not kept', async () => {
		answer = () => Promise.reject(new Error('rate-overlimit'));
		await expect(cache.get('1@g.us')).rejects.toThrow('rate-overlimit');
		answer = async (id) => group(id);
		expect(await cache.get('1@g.us')).toMatchObject({ id: '1@g.us' });
	});

	test('a late failure of an old question does not void a newer answer', async () => {
		const old = Promise.withResolvers<GroupMetadata>();
		answer = () => old.promise;
		const first = cache.get('1@g.us');
		cache.forget('1@g.us');
		answer = async (id) => group(id, 'newer');
		await cache.get('1@g.us');
		old.reject(new Error('too late'));
		await expect(first).rejects.toThrow('too late');
		expect(await cache.get('1@g.us')).toMatchObject({ subject: 'newer' });
		expect(asked).toHaveLength(2);
	});
});
