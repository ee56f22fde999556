import { toErrorBody, type CreatedInstance } from '../../../contract';
import { ADMIN_KEY, TestApi } from './TestApi';

const toHeaders = (sets: Array<Record<string, string>>) => sets;

describe('authentication', () => {
	let api: TestApi;
	let mine: CreatedInstance;
	let other: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
		mine = await api.createInstance('mine');
		other = await api.createInstance('other');
	});
	afterAll(() => api.stop());

	const get = (headers: Record<string, string>, path = '/api/instance') =>
		api.call('GET', path, { headers });

	test('an instance’s key opens it, with and without Bearer, in apiKey or Authorization', async () => {
		const { id, apiKey } = mine;
		for (const headers of toHeaders([
			{ id, apiKey },
			{ id, apiKey: `Bearer ${apiKey}` },
			{ id, apikey: `bearer  ${apiKey}` },
			{ id, Authorization: `Bearer ${apiKey}` },
		])) {
			const answer = await get(headers);
			expect(answer.status).toBe(200);
			expect(answer.body).toMatchObject({ id, name: 'mine' });
		}
	});

	test('the admin key acts for the instance whose id comes with it', async () => {
		const answer = await get({ apiKey: ADMIN_KEY, id: other.id });
		expect(answer.body).toMatchObject({ id: other.id });
	});

	test('a missing, wrong or foreign key is 401', async () => {
		const { id } = mine;
		for (const headers of toHeaders([
			{ id },
			{ id, apiKey: '' },
			{ id, apiKey: 'Bearer' },
			{ id, apiKey: `${mine.apiKey}x` },
			{ id, apiKey: mine.apiKey.slice(0, -1) },
			{ id, apiKey: other.apiKey },
			{ apiKey: 'wrong' },
		])) {
			const answer = await get(headers);
			expect(answer.status).toBe(401);
			expect(answer.body).toMatchObject({ error: 'Invalid API Key', code: 'invalid_api_key' });
		}
	});

	test('an unknown or missing id with a valid key is 400', async () => {
		for (const apiKey of [ADMIN_KEY, mine.apiKey]) {
			const unknown = await get({ apiKey, id: 'unknown' });
			expect(unknown.status).toBe(400);
			expect(unknown.body).toEqual(toErrorBody('instance_not_found'));
			const missing = await get({ apiKey });
			expect(missing.status).toBe(400);
			expect(missing.body).toMatchObject({
				error: 'Instance not found',
				hint: expect.stringContaining('id header'),
			});
		}
	});

	test('admin routes open to the admin key alone', async () => {
		expect((await get({ apiKey: ADMIN_KEY }, '/api/instances')).status).toBe(200);
		expect((await get({ apiKey: mine.apiKey, id: mine.id }, '/api/instances')).status).toBe(401);
		expect((await get({}, '/api/instances')).status).toBe(401);
	});

	test('nobody without a key learns whether the body would have been right', async () => {
		const answer = await api.call('POST', '/api/text', { raw: '{' });
		expect(answer.status).toBe(401);
	});

	test('no key and no id ever reaches the log', async () => {
		await get({ apiKey: mine.apiKey, id: mine.id });
		const log = api.logLines.join('');
		expect(log).toContain('/api/instance');
		for (const secret of [mine.apiKey, ADMIN_KEY, mine.webhookSecret]) {
			expect(log).not.toContain(secret);
		}
	});
});

describe('an address that has sent too many wrong keys, to a runner that has just started', () => {
	let api: TestApi;
	let mine: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
		const { created, statements } = api.parts.instances.draft('mine');
		await api.database.write(statements);
		mine = created;
		// No right key has come yet: there is nothing by which the address could be known.
		for (let n = 0; n < 20; n++) await get({ apiKey: `guess ${n}` });
	});
	afterAll(() => api.stop());

	const get = (headers: Record<string, string>, path = '/api/instances') =>
		api.call('GET', path, { headers });

	test('is told to wait with the next wrong one, on every route with a key', async () => {
		for (const path of ['/api/instances', '/api/instance']) {
			const answer = await get({ apiKey: 'guess', id: mine.id }, path);
			expect(answer.status).toBe(429);
			expect(answer.body).toMatchObject({ code: 'rate_limited' });
			expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		}
	});

	test('is still opened to by the right keys: those of others behind the same proxy', async () => {
		const { id, apiKey } = mine;
		expect((await get({ apiKey: ADMIN_KEY })).status).toBe(200);
		expect((await get({ apiKey, id }, '/api/instance')).status).toBe(200);
		expect((await get({ apiKey: ADMIN_KEY, id }, '/api/instance')).status).toBe(200);
	});
});
