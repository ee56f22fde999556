import { ApiError } from '../../../runner/ApiError';
import { PeopleJournal } from '../../../runner/people/PeopleJournal';
import { systemClock } from '../../../runner/Clock';
import { CONTACT } from './FakePeople';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

describe('the routes of people and chats', () => {
	let api: TestApi;
	let session: FakeSession;
	let headers: Record<string, string>;

	beforeAll(async () => {
		api = await TestApi.start();
	});
	afterAll(() => api.stop());
	let count = 0;
	beforeEach(async () => {
		const created = await api.createInstance(`people-${++count}`);
		({ session } = created);
		headers = { apiKey: created.apiKey, id: created.id };
	});

	const call = (method: string, path: string, json?: unknown) =>
		api.call(method, path, { headers, ...(json === undefined ? {} : { json }) });

	test('chats and contacts are listed, searched and paged', async () => {
		const { database } = api;
		const journal = new PeopleJournal({
			instanceId: headers.id!,
			database,
			clock: systemClock,
			ttlMs: 60_000,
		});
		const people = [
			{ phone: '15550000001', lid: null, name: 'Ann' },
			{ phone: '15550000002', lid: null, name: 'Bob' },
		];
		await database.write([
			...journal.noteContacts(people),
			...journal.noteChats([{ id: '15550000001@s.whatsapp.net', lastMessageAt: 1000 }]),
		]);
		expect((await call('GET', '/api/contacts')).body).toMatchObject({
			contacts: [{ name: 'Ann', phone: '15550000001' }, { name: 'Bob' }],
			next: null,
		});
		const first = await call('GET', '/api/contacts?limit=1');
		const { next } = first.body as { next: string };
		const second = await call('GET', `/api/contacts?limit=1&before=${next}`);
		expect(second.body).toMatchObject({ contacts: [{ name: 'Bob' }], next: null });
		expect((await call('GET', '/api/contacts?search=bo')).body).toMatchObject({
			contacts: [{ name: 'Bob' }],
		});
		expect((await call('GET', '/api/chats')).body).toEqual({
			chats: [
				{
					id: '15550000001@s.whatsapp.net',
					number: '15550000001',
					type: 'direct',
					name: 'Ann',
					key: expect.stringMatching(/^chat_[\w-]{22}$/),
					lastMessageAt: '1970-01-01T00:00:01.000Z',
					unreadCount: 0,
					disappearingSeconds: 0,
				},
			],
			next: null,
		});
	});

	test.each(['limit=0', 'limit=201', 'limit=x', 'before=nonsense', 'before='])(
		'a list with ?%s is refused',
		async (query) => {
			for (const list of ['chats', 'contacts']) {
				expect((await call('GET', `/api/${list}?${query}`)).body).toMatchObject({
					code: 'invalid_query',
				});
			}
		},
	);

	test('a contact is asked of WhatsApp, whatever way its number is written', async () => {
		const path = `/api/contacts/${encodeURIComponent('+1 555 000 2222')}`;
		expect((await call('GET', path)).body).toEqual(CONTACT);
		await call('GET', '/api/contacts/22@lid');
		expect(session.people.calls).toEqual([
			['contact', { jid: '15550002222@s.whatsapp.net', kind: 'phone' }],
			['contact', { jid: '22@lid', kind: 'lid' }],
		]);
	});

	test('a number is looked up by its digits', async () => {
		expect((await call('GET', '/api/numbers/+15550002222')).body).toEqual({
			number: '15550002222',
			exists: true,
			jid: '15550002222@s.whatsapp.net',
			lid: null,
		});
		expect(session.people.calls).toEqual([['check', '15550002222']]);
	});

	test.each([
		'/api/numbers/22@lid',
		'/api/numbers/120363@g.us',
		'/api/numbers/abc',
		'/api/contacts/120363@g.us',
		'/api/contacts/12',
	])('GET %s is refused: no such number', async (path) => {
		expect(await call('GET', path)).toMatchObject({
			status: 400,
			body: { code: 'invalid_number' },
		});
		expect(session.people.calls).toEqual([]);
	});

	test('one message or a whole chat is marked read', async () => {
		const answer = await call('POST', '/api/read', { number: 15550002222, messageId: 'M1' });
		expect(answer.body).toEqual({ success: 'Marked as read' });
		await call('POST', '/api/read', { number: '120363@g.us' });
		expect(session.people.calls).toEqual([
			['markRead', { jid: '15550002222@s.whatsapp.net', kind: 'phone' }, 'M1'],
			['markRead', { jid: '120363@g.us', kind: 'group' }, undefined],
		]);
		session.people.error = new ApiError('message_not_found');
		const missing = await call('POST', '/api/read', { number: 15550002222, messageId: 'M2' });
		expect(missing.status).toBe(404);
	});

	test('a call that rings is rejected; another is not found', async () => {
		session.ringing.add('5A0B');
		expect(await call('POST', '/api/calls/5A0B/reject')).toMatchObject({
			status: 200,
			body: { success: 'Call rejected' },
		});
		expect(await call('POST', '/api/calls/5A0B/reject')).toMatchObject({
			status: 404,
			body: { code: 'call_not_found' },
		});
	});

	test('typing is shown, for a time or until further notice', async () => {
		const typing = { number: '15550002222', state: 'recording', seconds: 5 };
		expect((await call('POST', '/api/typing', typing)).body).toEqual({ success: 'Typing shown' });
		await call('POST', '/api/typing', { number: '15550002222', state: 'paused' });
		const recipient = { jid: '15550002222@s.whatsapp.net', kind: 'phone' };
		expect(session.people.calls).toEqual([
			['showTyping', recipient, { state: 'recording', seconds: 5 }],
			['showTyping', recipient, { state: 'paused' }],
		]);
	});

	test.each([
		{ number: '15550002222', state: 'singing' },
		{ number: '15550002222', state: 'composing', seconds: 61 },
		{ number: '15550002222', state: 'composing', seconds: 0 },
		{ state: 'composing' },
	])('typing is refused for %j', async (body) => {
		expect((await call('POST', '/api/typing', body)).body).toMatchObject({ code: 'invalid_body' });
		expect(session.people.calls).toEqual([]);
	});
});
