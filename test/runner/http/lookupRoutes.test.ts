import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

describe('GET /api/messages', () => {
	let api: TestApi;
	let headers: Record<string, string>;
	let session: FakeSession;
	beforeAll(async () => {
		api = await TestApi.start();
		const instance = await api.createInstance('lists');
		session = instance.session;
		headers = { apiKey: instance.apiKey, id: instance.id };
	});
	afterAll(() => api.stop());
	beforeEach(() => {
		api.listQueries.length = 0;
	});

	const list = (query: string) => api.call('GET', `/api/messages${query}`, { headers });

	test('asks for the newest fifty unless told otherwise', async () => {
		expect(await list('')).toMatchObject({ status: 200, body: { messages: [], next: null } });
		expect(api.listQueries).toEqual([{ limit: 50 }]);
	});

	test('takes a chat in any spelling, a type, a direction, times and a page', async () => {
		await list(
			'?chat=%2B1%20(555)%20000-2222&type=image&fromMe=false&since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00%2B01:00&limit=7&before=abc',
		);
		expect(api.listQueries).toEqual([
			{
				chatId: '15550002222@s.whatsapp.net',
				type: 'image',
				isFromMe: false,
				since: Date.UTC(2026, 0, 1),
				until: Date.UTC(2026, 0, 1, 23),
				limit: 7,
				before: 'abc',
			},
		]);
	});

	test('takes a chat by another name of it', async () => {
		session.people.chatIds.set('22@lid', '15550002222@s.whatsapp.net');
		await list('?chat=22@lid');
		expect(api.listQueries).toMatchObject([{ chatId: '15550002222@s.whatsapp.net' }]);
	});

	test.each([
		['chat=nobody', 'invalid_number'],
		['type=letter', 'invalid_query'],
		['fromMe=maybe', 'invalid_query'],
		['since=yesterday', 'invalid_query'],
		['since=2026-06-30T23:59:60Z', 'invalid_query'],
		['until=2026-06-30T23:59:59%2B05', 'invalid_query'],
		['limit=0', 'invalid_query'],
		['limit=201', 'invalid_query'],
		['limit=ten', 'invalid_query'],
	])('%s is refused', async (query, code) => {
		expect(await list(`?${query}`)).toMatchObject({ status: 400, body: { code } });
		expect(api.listQueries).toEqual([]);
	});
});
