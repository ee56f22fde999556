import { isSecret, toErrorBody, type CreatedInstance } from '../../../contract';
import { ADMIN_KEY, TestApi } from './TestApi';

describe('the instances of a runner', () => {
	let api: TestApi;

	beforeEach(async () => {
		api = await TestApi.start();
	});
	afterEach(() => api.stop());

	const call = (method: string, path: string, json?: unknown) =>
		api.call(method, path, { headers: { apiKey: ADMIN_KEY }, json });
	const create = async (json: unknown) =>
		(await call('POST', '/api/instances', json)).body as CreatedInstance;
	const names = async () => {
		const { instances } = (await call('GET', '/api/instances')).body as {
			instances: Array<{ name: string }>;
		};
		return instances.map(({ name }) => name);
	};

	test('creating one gives its id, key and secret, and the key works at once', async () => {
		const answer = await call('POST', '/api/instances', { name: '  Sales ' });
		expect(answer.status).toBe(201);
		const created = answer.body as CreatedInstance;
		expect(created).toEqual({
			id: expect.any(String),
			name: 'Sales',
			apiKey: expect.any(String),
			webhookSecret: expect.any(String),
		});
		expect(isSecret(created.webhookSecret)).toBe(true);
		const own = await api.call('GET', '/api/instance', {
			headers: { apiKey: created.apiKey, id: created.id },
		});
		expect(own.status).toBe(200);
		expect(await names()).toEqual(['Sales']);
	});

	test('webhook URLs given at creation are set', async () => {
		const { id } = await create({
			name: 'Sales',
			webhooks: { sent: 'https://a.example/sent', received: null },
		});
		const config = await api.call('GET', '/api/config', { headers: { apiKey: ADMIN_KEY, id } });
		expect(config.body).toMatchObject({
			sent: { URL: 'https://a.example/sent', disabled: null, failing: null },
			received: { URL: null },
		});
	});

	test('a refused webhook URL creates nothing', async () => {
		const answer = await call('POST', '/api/instances', {
			name: 'Sales',
			webhooks: { received: 'https://a.example', sent: 'http://a.example' },
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual(toErrorBody('https_webhook_required'));
		expect(await names()).toEqual([]);
		expect(api.sessions.sessions.size).toBe(0);
		expect(api.webhookConfig.urls.size).toBe(0);
	});

	test.each([
		[{}, 'name is missing.'],
		[{ name: '' }, 'name must have at least 1 characters.'],
		[{ name: ' ' }, 'name has characters that are not allowed here, or none that can be seen.'],
		[
			{ name: 'two\nlines' },
			'name has characters that are not allowed here, or none that can be seen.',
		],
		[{ name: 'a'.repeat(101) }, 'name must have at most 100 characters.'],
		[{ name: 5 }, 'name must be a text.'],
		[
			{ name: 'a', webhooks: { recieved: 'https://a.example' } },
			'webhooks.recieved is not known here.',
		],
		[{ name: 'a', webhooks: { sent: 5 } }, 'webhooks.sent must be a text or null.'],
	])('the body %j is refused', async (body, hint) => {
		const answer = await call('POST', '/api/instances', body);
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ code: 'invalid_body', hint });
		expect(await names()).toEqual([]);
	});

	test.each(['\u0085', 'exe\u202egpj', 'a\u2066b', 'a\u2028b', '\u200b', '\u2800'])(
		'a name that does not say what it seems to say is refused, also as the new one: %j',
		async (name) => {
			const { id } = await create({ name: 'Café 👩🏽‍💻 مبيعات' });
			for (const [method, path] of [
				['POST', '/api/instances'],
				['PATCH', `/api/instances/${id}`],
			] as const) {
				const answer = await call(method, path, { name });
				expect(answer.status).toBe(400);
				expect(answer.body).toMatchObject({ code: 'invalid_body' });
			}
			expect(await names()).toEqual(['Café 👩🏽‍💻 مبيعات']);
		},
	);

	test('names are unique, also when two calls come at once', async () => {
		const answers = await Promise.all(
			[1, 2, 3].map(() => call('POST', '/api/instances', { name: 'Sales' })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
		expect(answers.find(({ status }) => status === 409)?.body).toEqual(
			toErrorBody('instance_exists'),
		);
		const { id } = await create({ name: 'Support' });
		const renamed = await call('PATCH', `/api/instances/${id}`, { name: 'Sales' });
		expect(renamed.status).toBe(409);
		expect(await names()).toEqual(['Sales', 'Support']);
	});

	test('renaming answers with the instance, also to the name it has', async () => {
		const { id } = await create({ name: 'Sales' });
		const renamed = await call('PATCH', `/api/instances/${id}`, { name: 'Support' });
		expect(renamed.body).toMatchObject({ id, name: 'Support', state: 'connected' });
		expect((await call('PATCH', `/api/instances/${id}`, { name: 'Support' })).status).toBe(200);
		expect((await call('GET', `/api/instances/${id}`)).body).toEqual(renamed.body);
	});

	test('a new key makes the one before worthless', async () => {
		const { id, apiKey: before } = await create({ name: 'Sales' });
		const { apiKey } = (await call('POST', `/api/instances/${id}/key`)).body as CreatedInstance;
		const statusWith = async (key: string) =>
			(await api.call('GET', '/api/instance', { headers: { apiKey: key, id } })).status;
		expect(await statusWith(before)).toBe(401);
		expect(await statusWith(apiKey)).toBe(200);
	});

	test('deleting logs out, forgets and makes the key worthless', async () => {
		const { id, apiKey } = await create({ name: 'Sales' });
		const answer = await call('DELETE', `/api/instances/${id}`);
		expect(answer.body).toEqual({ success: 'Instance deleted' });
		expect(api.sessions.removed).toEqual([id]);
		expect(api.webhookConfig.forgotten).toEqual([id]);
		expect(await names()).toEqual([]);
		expect((await api.call('GET', '/api/instance', { headers: { apiKey, id } })).status).toBe(401);
	});

	test('an unknown id is 400 on every route that has one', async () => {
		for (const [method, path, json] of [
			['GET', '/api/instances/unknown'],
			['PATCH', '/api/instances/unknown', { name: 'a' }],
			['DELETE', '/api/instances/unknown'],
			['POST', '/api/instances/unknown/key'],
		] as const) {
			const answer = await call(method, path, json);
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({ code: 'instance_not_found' });
		}
	});
});
