import sharp from 'sharp';
import { ApiError } from '../../../runner/ApiError';
import { GROUP } from './FakePeople';
import type { FakeSession } from './FakeSessions';
import { ADMIN_KEY, TestApi } from './TestApi';

const IMAGE = '/api/config/image';

describe('the routes of the profile', () => {
	let api: TestApi;
	let session: FakeSession;
	let headers: Record<string, string>;
	let png: Buffer;

	beforeAll(async () => {
		api = await TestApi.start();
		png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
			.png()
			.toBuffer();
	});
	afterAll(() => api.stop());
	let count = 0;
	beforeEach(async () => {
		const created = await api.createInstance(`profile-${++count}`);
		({ session } = created);
		headers = { apiKey: created.apiKey, id: created.id };
	});

	const call = (method: string, path: string, json?: unknown) =>
		api.call(method, path, { headers, ...(json === undefined ? {} : { json }) });

	const expectSquareJpeg = async (jpeg: unknown) => {
		const { format, width, height } = await sharp(jpeg as Buffer).metadata();
		expect([format, width]).toEqual(['jpeg', height]);
	};

	test.each([
		['base64', (image: Buffer) => image.toString('base64')],
		['a data URI', (image: Buffer) => `data:image/png;base64,${image.toString('base64')}`],
	])('a picture as %s becomes the square JPEG that WhatsApp takes', async (_what, toText) => {
		const answer = await call('PUT', IMAGE, { image: toText(png) });
		expect(answer).toMatchObject({ status: 200, body: { success: 'Image changed' } });
		await expectSquareJpeg(session.profile.calls[0]?.[1]);
	});

	test.each([
		['the profile', IMAGE, () => session.profile.calls[0]?.[1]],
		['a group', `/api/groups/${GROUP.id}/image`, () => session.groups.calls[0]?.[2]],
	])('a picture of %s can be uploaded', async (_what, path, sent) => {
		const form = new FormData();
		form.append('image', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'me.png');
		const response = await fetch(api.url + path, { method: 'PUT', headers, body: form });
		expect([response.status, await response.json()]).toEqual([200, { success: 'Image changed' }]);
		await expectSquareJpeg(sent());
	});

	test.each([
		['no body', undefined],
		['no image', {}],
		['an empty one', { image: ' ' }],
	])('%s: the hosted service’s words for it', async (_what, json) => {
		expect(await call('PUT', IMAGE, json)).toMatchObject({
			status: 400,
			body: {
				error: 'No image provided. Please upload a file, send a Base64 string, or provide a URL.',
				code: 'image_missing',
			},
		});
		expect(session.profile.calls).toEqual([]);
	});

	test('a form without a file is a missing image', async () => {
		const form = new FormData();
		form.append('note', 'x');
		const response = await fetch(api.url + IMAGE, { method: 'PUT', headers, body: form });
		expect([response.status, await response.json()]).toMatchObject([
			400,
			{ code: 'image_missing' },
		]);
	});

	test.each([
		['text', () => Buffer.from('this is no image, however long it may be'.repeat(9))],
		['half an image', () => png.subarray(0, png.length / 2)],
	])('%s is a format error, in the hosted service’s words', async (_what, toBytes) => {
		const answer = await call('PUT', IMAGE, { image: toBytes().toString('base64') });
		expect(answer).toMatchObject({
			status: 400,
			body: { error: 'Image format error', code: 'image_format' },
		});
		expect(session.profile.calls).toEqual([]);
	});

	test('a picture is not fetched from inside the network', async () => {
		const answer = await call('PUT', IMAGE, { image: 'https://10.0.0.1/a.png' });
		expect(answer).toMatchObject({ status: 400, body: { code: 'media_address_refused' } });
		expect(session.profile.calls).toEqual([]);
	});

	test('the about text is changed; one that is too long is refused', async () => {
		expect((await call('PUT', '/api/config/about', { about: 'Busy' })).status).toBe(200);
		expect(session.profile.calls).toEqual([['setAbout', 'Busy']]);
		const long = await call('PUT', '/api/config/about', { about: 'x'.repeat(140) });
		expect(long.body).toMatchObject({ code: 'invalid_body' });
		session.profile.error = new ApiError('profile_change_refused');
		expect((await call('PUT', '/api/config/about', { about: 'x' })).status).toBe(422);
	});

	test('automatic reading is switched on in the hosted service’s way', async () => {
		expect(await call('POST', '/api/config/automatic', { read: true })).toMatchObject({
			status: 200,
			body: { success: 'Automatic reading Updated' },
		});
		expect((await call('GET', '/api/config/automatic')).body).toEqual({
			read: true,
			ownMessages: false,
			download: true,
			messagesPerMinute: null,
			rejectCalls: false,
			rejectCallsText: null,
			proxyUrl: null,
		});
	});

	test('a proxy is set, shown without its password, and taken away; each makes the connection anew', async () => {
		const set = (proxyUrl: string | null) => call('POST', '/api/config/automatic', { proxyUrl });
		const shown = async () =>
			((await call('GET', '/api/config/automatic')).body as { proxyUrl: unknown }).proxyUrl;
		expect((await set('http://me:se%40cret@proxy.example:3128')).status).toBe(200);
		expect(await shown()).toBe('http://me:***@proxy.example:3128');
		expect((await set('http://me:***@proxy.example:3128')).status).toBe(200);
		expect(api.parts.settings.proxyOf(session.instanceId)?.password).toBe('se@cret');
		expect((await set(null)).status).toBe(200);
		expect(await shown()).toBe(null);
		expect(session.renewals).toBe(3);
		expect((await call('POST', '/api/config/automatic', { read: true })).status).toBe(200);
		expect(session.renewals).toBe(3);
	});

	test.each([
		['ftp://proxy.example', 'invalid_proxy_url'],
		['http://proxy.example/path', 'invalid_proxy_url'],
		['http://127.0.0.1:3128', 'proxy_address_refused'],
		['socks5://0x7f000001:1080', 'proxy_address_refused'],
		['socks5://[::ffff:10.0.0.1]:1080', 'proxy_address_refused'],
	])(
		'the proxy %s is refused, by the key of an instance and when one is made',
		async (url, code) => {
			const answer = await call('POST', '/api/config/automatic', { proxyUrl: url });
			expect(answer).toMatchObject({ status: 400, body: { code } });
			const json = { name: `refused ${url}`, proxyUrl: url };
			const created = await api.call('POST', '/api/instances', {
				headers: { apiKey: ADMIN_KEY },
				json,
			});
			expect(created).toMatchObject({ status: 400, body: { code } });
			expect(api.parts.instances.list().map(({ name }) => name)).not.toContain(json.name);
		},
	);

	test('an instance can be made with a proxy', async () => {
		const created = await api.call('POST', '/api/instances', {
			headers: { apiKey: ADMIN_KEY },
			json: { name: 'behind a proxy', proxyUrl: 'socks5h://me:pass@proxy.example' },
		});
		expect(created.status).toBe(201);
		const { id } = created.body as { id: string };
		expect(api.parts.settings.of(id)).toMatchObject({
			download: true,
			proxyUrl: 'socks5://me:***@proxy.example:1080',
		});
	});

	test('calls are rejected when it is told to, with an answer that can be sent', async () => {
		const text = 'Please write to us.';
		const change = (body: object) => call('POST', '/api/config/automatic', body);
		expect((await change({ rejectCalls: true, rejectCallsText: text })).status).toBe(200);
		const read = async () => (await call('GET', '/api/config/automatic')).body;
		expect(await read()).toMatchObject({ rejectCalls: true, rejectCallsText: text });
		expect(await change({ rejectCallsText: ' ' })).toMatchObject({ body: { code: 'empty_text' } });
		const long = await change({ rejectCallsText: 'x'.repeat(65_537) });
		expect(long.body).toMatchObject({ code: 'text_too_long' });
		expect(await read()).toMatchObject({ rejectCallsText: text });
		await change({ rejectCallsText: null });
		expect(await read()).toMatchObject({ rejectCalls: true, rejectCallsText: null });
	});

	test.each([
		{ read: 'yes' },
		{ messagesPerMinute: -1 },
		{ messagesPerMinute: 1.5 },
		{ rejectCalls: 1 },
		{ rejectCallsText: 5 },
	])('settings are refused: %j', async (body) => {
		const answer = await call('POST', '/api/config/automatic', body);
		expect(answer.body).toMatchObject({ code: 'invalid_body' });
	});

	test('an unknown event is still one', async () => {
		expect(await call('PUT', '/api/config/images', { URL: null })).toMatchObject({
			status: 404,
			body: { code: 'unknown_event' },
		});
	});
});
