import {
	EVENT_NAMES,
	toErrorBody,
	type CreatedInstance,
	type CreatedSubscription,
} from '../../../contract';
import { TestApi } from './TestApi';

describe('webhooks over HTTP', () => {
	let api: TestApi;
	let instance: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
	});
	beforeEach(async () => {
		instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
	});
	afterAll(() => api.stop());

	const call = (method: string, path: string, json?: unknown) =>
		api.call(method, path, { headers: { apiKey: instance.apiKey, id: instance.id }, json });

	test.each(EVENT_NAMES)('the URL of %s is set, shown, tested and cleared', async (event) => {
		const untested = await call('POST', `/api/config/${event}/test`);
		expect(untested.status).toBe(409);
		expect(untested.body).toEqual(toErrorBody('webhook_not_set'));

		const set = await call('PUT', `/api/config/${event}`, { URL: 'https://a.example/x' });
		expect(set.body).toEqual({ success: 'Webhook URL updated' });
		expect((await call('GET', '/api/config')).body).toMatchObject({
			[event]: { URL: 'https://a.example/x', disabled: null, failing: null },
		});
		expect((await call('POST', `/api/config/${event}/test`)).body).toEqual({
			delivered: true,
			status: 200,
			ms: 3.5,
			error: null,
			answer: 'ok',
		});
		await call('PUT', `/api/config/${event}`, { URL: null });
		expect((await call('GET', '/api/config')).body).toMatchObject({ [event]: { URL: null } });
	});

	test.each(['read', 'SENT', 'secret', '__proto__', 'constructor'])(
		'the event %s is unknown',
		async (event) => {
			const answer = await call('PUT', `/api/config/${event}`, { URL: 'https://a.example' });
			expect(answer.status).toBe(404);
			expect(answer.body).toEqual(toErrorBody('unknown_event'));
		},
	);

	test('a URL that is not https is refused in the hosted service’s words', async () => {
		const answer = await call('PUT', '/api/config/sent', { URL: 'http://a.example' });
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ error: 'API WhatsApp Web only accepts HTTPS webhooks' });
	});

	test('the field is called URL in upper case, and the hint says so', async () => {
		const answer = await call('PUT', '/api/config/sent', { url: 'https://a.example' });
		expect(answer.body).toMatchObject({ code: 'invalid_body', hint: 'URL is missing.' });
	});

	test('a new signing secret is given with the end of the one before', async () => {
		expect((await call('POST', '/api/config/secret')).body).toEqual({
			secret: expect.stringMatching(/^whsec_/),
			previousValidUntil: expect.any(String),
		});
	});

	test('a subscription lives from 201 to its deletion, and belongs to its instance', async () => {
		const request = {
			url: 'https://a.example/n8n',
			events: ['received', 'status'],
			filters: { chats: ['15550001234'], includeGroups: false },
		};
		const answer = await call('POST', '/api/subscriptions', request);
		expect(answer.status).toBe(201);
		const { secret, ...view } = answer.body as CreatedSubscription;
		expect(view).toMatchObject({ ...request, disabled: null });
		expect(secret).toMatch(/^whsec_/);
		const path = `/api/subscriptions/${view.id}`;
		expect((await call('GET', path)).body).toEqual(view);
		expect((await call('GET', '/api/subscriptions')).body).toEqual({ subscriptions: [view] });
		expect((await call('POST', `${path}/secret`)).body).toHaveProperty('secret');

		const owner = instance;
		instance = await api.createInstance('stranger');
		expect((await call('DELETE', path)).status).toBe(404);
		instance = owner;
		expect((await call('DELETE', path)).body).toEqual({ success: 'Subscription deleted' });
		expect((await call('GET', path)).body).toEqual(toErrorBody('subscription_not_found'));
	});

	test('a subscription can be changed in part, and only by its instance', async () => {
		const request = { url: 'https://a.example/n8n', events: ['received'] };
		const { secret, ...view } = (await call('POST', '/api/subscriptions', request))
			.body as CreatedSubscription;
		const path = `/api/subscriptions/${view.id}`;
		const change = { url: 'https://b.example/n8n' };
		const answer = await call('PATCH', path, change);
		expect(answer).toMatchObject({ status: 200, body: { ...view, ...change } });
		expect(answer.text).not.toContain(secret);
		for (const wrong of [{ events: [] }, { secret: 7 }, { url: 'http://a.example' }]) {
			expect((await call('PATCH', path, wrong)).status).toBe(400);
		}
		instance = await api.createInstance('another');
		expect((await call('PATCH', path, change)).body).toEqual(toErrorBody('subscription_not_found'));
	});

	test.each([
		[{ events: ['sent'] }, 'url is missing.'],
		[{ url: 'https://a.example', events: [] }, 'events must have at least 1 entries.'],
		[
			{ url: 'https://a.example', events: ['sent', 'read'] },
			'events[1] must be one of sent, received, status, disconnected, connected.',
		],
		[
			{ url: 'https://a.example', events: ['sent', 'sent'] },
			'events must not name anything twice.',
		],
		[
			{ url: 'https://a.example', events: ['sent'], filters: { chat: 'x' } },
			'filters.chat is not known here.',
		],
	])('the subscription %j is refused', async (body, hint) => {
		expect((await call('POST', '/api/subscriptions', body)).body).toMatchObject({
			code: 'invalid_body',
			hint,
		});
	});

	test('deliveries are listed with filters as they were given', async () => {
		const answer = await call('GET', '/api/deliveries?state=failed&event=sent&limit=7&before=42');
		expect(answer.body).toMatchObject({
			deliveries: [{ id: 'delivery-1', attempts: [{ status: null }, { status: 500 }] }],
			next: '1',
		});
		expect(api.deliveries.queries.at(-1)).toEqual({
			state: 'failed',
			event: 'sent',
			limit: 7,
			before: '42',
		});
		const [since, until] = ['2026-01-01T00:00:00Z', '2026-01-31T23:59:59+01:00'];
		const times = new URLSearchParams({ since, until });
		expect((await call('GET', `/api/deliveries?${times.toString()}`)).status).toBe(200);
		expect(api.deliveries.queries.at(-1)).toEqual({
			since: Date.parse(since),
			until: Date.parse(until),
			limit: 50,
		});
		await call('GET', '/api/deliveries');
		expect(api.deliveries.queries.at(-1)).toEqual({ limit: 50 });
	});

	test.each([
		'limit=0',
		'limit=201',
		'state=lost',
		'event=read',
		'limit=1&limit=2',
		'since=today',
		'since=2026-06-30T23:59:60Z',
	])('deliveries are not listed by %s', async (query) => {
		expect((await call('GET', `/api/deliveries?${query}`)).body).toMatchObject({
			code: 'invalid_query',
		});
	});

	test('one delivery goes out again, or all that a filter finds', async () => {
		expect((await call('POST', '/api/deliveries/delivery-1/redeliver')).body).toMatchObject({
			id: 'delivery-1',
			state: 'pending',
		});
		expect((await call('POST', '/api/deliveries/none/redeliver')).body).toEqual(
			toErrorBody('delivery_not_found'),
		);
		const since = '2026-01-01T00:00:00Z';
		const many = await call('POST', '/api/deliveries/redeliver', { event: 'sent', since });
		expect(many.body).toEqual({ redelivered: 1, skipped: 0 });
		expect(api.deliveries.filters.at(-1)).toEqual({ event: 'sent', since: Date.parse(since) });
		expect((await call('POST', '/api/deliveries/redeliver')).body).toEqual({
			redelivered: 1,
			skipped: 0,
		});
		expect(api.deliveries.filters.at(-1)).toEqual({});
	});
});
