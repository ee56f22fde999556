import fc from 'fast-check';
import { isErrorCode, ROUTES, type CreatedInstance, type RouteDefinition } from '../../../contract';
import { ADMIN_KEY, TestApi } from './TestApi';

/** Values that are like what a field wants, and values that are nothing like it. */
const value: fc.Arbitrary<unknown> = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.constantFrom<unknown[]>(
		15550001234,
		'15550001234',
		'https://a.example',
		'http://127.0.0.1',
		'sent',
		['sent'],
		'',
		null,
		-1,
		1e308,
		2 ** 53,
		'\ud800',
		'\u0000',
		'2026-13-45T99:99:99Z',
		'a'.repeat(70_000),
		{ __proto__: null, sent: 'https://a.example' },
	),
);

const FIELDS = [
	...['number', 'message', 'URL', 'url', 'events', 'filters', 'secret', 'name', 'webhooks'],
	...['state', 'event', 'since', 'until', 'constructor', 'toString', '__proto__', 'hasOwnProperty'],
];

const fields = fc.dictionary(fc.constantFrom(...FIELDS), value, {
	maxKeys: 5,
	noNullPrototype: true,
});

const segment = fc.oneof(
	fc.constantFrom(
		'sent',
		'unknown',
		'__proto__',
		'constructor',
		'%00',
		'%2e%2e',
		'%F0%9F%98%80',
		'~',
	),
	fc.string({ maxLength: 20, unit: 'grapheme' }).map((text) => encodeURIComponent(text)),
);

const query = fc.dictionary(
	fc.constantFrom('wait', 'limit', 'state', 'event', 'before', '__proto__', 'x'),
	fc.oneof(fc.constantFrom('0', '-1', '1e9', '99999999999', 'failed', 'NaN'), fc.string()),
	{ maxKeys: 3, noNullPrototype: true },
);

const headerValue = fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{0,40}$/);

const request = fc.record({
	route: fc.constantFrom<RouteDefinition[]>(...Object.values(ROUTES)),
	segment,
	query,
	body: fc.oneof(
		{ weight: 4, arbitrary: fields.map((body) => JSON.stringify(body)) },
		{ weight: 1, arbitrary: value.map((body) => JSON.stringify(body)) },
		{ weight: 1, arbitrary: fc.string() },
	),
	contentType: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('application/json') },
		{ weight: 1, arbitrary: headerValue },
	),
	headers: fc.dictionary(
		fc.constantFrom('idempotency-key', 'accept', 'apiKey', 'id', 'authorization', 'if-match'),
		headerValue,
		{ maxKeys: 2, noNullPrototype: true },
	),
});

describe('any request at all', () => {
	let api: TestApi;
	let instance: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
		instance = await api.createInstance('mine');
	});
	afterAll(() => api.stop());

	test('is answered as the contract says, never with a 5xx, and every error has its three fields', async () => {
		await fc.assert(
			fc.asyncProperty(request, async (given) => {
				const { method, path } = given.route;
				const { wait, ...rest } = given.query;
				const search = new URLSearchParams({ ...rest, ...(wait ? { wait } : {}) });
				const response = await fetch(
					`${api.url}${path.replace(/:\w+/, given.segment)}?${search.toString()}`,
					{
						method,
						headers: {
							apiKey: ADMIN_KEY,
							id: instance.id,
							...(method === 'GET' ? {} : { 'content-type': given.contentType }),
							...given.headers,
						},
						...(method === 'GET' ? {} : { body: given.body }),
					},
				);
				expect(response.status).toBeLessThan(500);
				if (response.status < 400) {
					await response.arrayBuffer();
					return;
				}
				const answer = (await response.json()) as Record<string, unknown>;
				expect(Object.keys(answer).sort()).toEqual(['code', 'error', 'hint']);
				expect(isErrorCode(answer.code)).toBe(true);
				expect(answer.hint).toEqual(expect.stringMatching(/./));
			}),
			{ numRuns: 300 },
		);
	});
});
