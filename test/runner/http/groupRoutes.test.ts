import { ApiError } from '../../../runner/ApiError';
import type { FakeSession } from './FakeSessions';
import { GROUP } from './FakePeople';
import { TestApi } from './TestApi';

const PATH = `/api/groups/${GROUP.id}`;

describe('the routes of groups', () => {
	let api: TestApi;
	let session: FakeSession;
	let headers: Record<string, string>;

	beforeAll(async () => {
		api = await TestApi.start();
	});
	afterAll(() => api.stop());
	let count = 0;
	beforeEach(async () => {
		const created = await api.createInstance(`groups-${++count}`);
		({ session } = created);
		headers = { apiKey: created.apiKey, id: created.id };
	});

	const call = (method: string, path: string, json?: unknown) =>
		api.call(method, path, { headers, ...(json === undefined ? {} : { json }) });

	test('all groups are listed without their members, one with them', async () => {
		const [group] = ((await call('GET', '/api/groups')).body as { groups: object[] }).groups;
		expect({ ...group, participants: GROUP.participants }).toEqual(GROUP);
		expect(group).not.toHaveProperty('participants');
		expect((await call('GET', PATH)).body).toEqual(GROUP);
		expect(session.groups.calls).toEqual([['list'], ['get', GROUP.id]]);
	});

	test('a group is made of people in whatever spelling, each once', async () => {
		const answer = await call('POST', '/api/groups', {
			subject: '  Team ',
			description: 'About us',
			participants: ['+1 (555) 000-2222', 15550002222, '33@lid'],
		});
		expect(answer.status).toBe(201);
		expect(answer.body).toMatchObject({ id: GROUP.id, results: [{ ok: true, code: 200 }] });
		expect(session.groups.calls).toEqual([
			[
				'create',
				{
					subject: 'Team',
					description: 'About us',
					participants: ['15550002222@s.whatsapp.net', '33@lid'],
				},
			],
		]);
	});

	test('only what is given is changed', async () => {
		expect((await call('PATCH', PATH, { locked: false, description: '' })).body).toEqual(GROUP);
		expect(session.groups.calls).toEqual([
			['update', GROUP.id, { locked: false, description: '' }],
		]);
	});

	test('members are changed, with a result for each', async () => {
		session.groups.results = [
			{ number: '15550002222', ok: false, code: 403, reason: 'This contact can only be invited.' },
		];
		const body = { action: 'add', participants: ['15550002222'] };
		const answer = await call('POST', `${PATH}/participants`, body);
		expect(answer.body).toEqual({ results: session.groups.results });
		expect(session.groups.calls).toEqual([
			['changeParticipants', GROUP.id, 'add', ['15550002222@s.whatsapp.net']],
		]);
	});

	test('invites are shown, renewed and accepted, and groups left', async () => {
		expect((await call('GET', `${PATH}/invite`)).body).toEqual({
			code: 'OLD',
			link: 'https://chat.whatsapp.com/OLD',
		});
		expect((await call('POST', `${PATH}/invite`)).body).toMatchObject({ code: 'NEW' });
		const join = await call('POST', '/api/groups/join', { invite: 'https://chat.whatsapp.com/X' });
		expect(join.body).toEqual({ id: GROUP.id, pending: false });
		expect((await call('POST', `${PATH}/leave`)).body).toEqual({ success: 'Group left' });
		expect(session.groups.calls.map(([name]) => name)).toEqual([
			'invite',
			'renewInvite',
			'join',
			'leave',
		]);
	});

	test.each([
		['no subject', 'POST', '/api/groups', { participants: ['15550002222'] }],
		['a blank subject', 'POST', '/api/groups', { subject: ' ', participants: ['15550002222'] }],
		['a subject of 101', 'POST', '/api/groups', { subject: 'x'.repeat(101), participants: [1] }],
		['nobody', 'POST', '/api/groups', { subject: 'Team', participants: [] }],
		[
			'1,024 people',
			'POST',
			'/api/groups',
			{ subject: 'Team', participants: Array.from({ length: 1024 }, (_, at) => 15550000000 + at) },
		],
		['a description of 2,049', 'PATCH', PATH, { description: 'x'.repeat(2049) }],
		['nothing to change', 'PATCH', PATH, { topic: 'x' }],
		['another action', 'POST', `${PATH}/participants`, { action: 'ban', participants: ['1'] }],
	])('%s is refused as a wrong body', async (_what, method, path, json) => {
		const answer = await call(method, path, json);
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ code: 'invalid_body' });
		expect(session.groups.calls).toEqual([]);
	});

	test.each(['120363@g.us', 'x'.repeat(20), 12])('%p is no member', async (participant) => {
		const answer = await call('POST', '/api/groups', { subject: 'T', participants: [participant] });
		expect(answer.body).toMatchObject({ code: 'invalid_number' });
		expect(session.groups.calls).toEqual([]);
	});

	test.each(['15550002222', 'nonsense', '22@lid', '%20'])('%p is no group', async (id) => {
		const answers = await Promise.all([
			call('GET', `/api/groups/${id}`),
			call('PATCH', `/api/groups/${id}`, { subject: 'x' }),
			call('POST', `/api/groups/${id}/leave`),
			call('PUT', `/api/groups/${id}/image`, { image: 'https://example.test/a.png' }),
		]);
		for (const { status, body } of answers) {
			expect([status, body]).toMatchObject([404, { code: 'group_not_found' }]);
		}
		expect(session.groups.calls).toEqual([]);
	});

	test('what WhatsApp refuses is passed on, with the time to wait where it limits', async () => {
		session.groups.error = new ApiError('group_change_refused', 'Only admins may.');
		expect(await call('PATCH', PATH, { subject: 'x' })).toMatchObject({
			status: 422,
			body: { code: 'group_change_refused', hint: 'Only admins may.' },
		});
		session.groups.error = new ApiError('rate_limited');
		const limited = await call('GET', '/api/groups');
		expect(limited.status).toBe(429);
		expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
	});
});
