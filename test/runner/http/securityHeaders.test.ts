import { once } from 'node:events';
import { connect } from 'node:net';
import { toErrorBody, type CreatedInstance } from '../../../contract';
import { ADMIN_KEY, TestApi } from './TestApi';

describe('every answer', () => {
	let api: TestApi;
	let mine: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
		mine = await api.createInstance('mine');
	});
	afterAll(() => api.stop());

	/** Head of the answer to bytes as they are. */
	const raw = async (text: string): Promise<string> => {
		const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
		socket.write(text);
		const [answer] = (await once(socket, 'data')) as [Buffer];
		socket.destroy();
		return answer.toString().split('\r\n\r\n', 1)[0]!.toLowerCase();
	};

	const send = (method: string, path: string, headers: string[] = []) =>
		raw(
			[
				`${method} ${path} HTTP/1.1`,
				'Host: a',
				'Origin: https://evil.example',
				...headers,
				'',
				'',
			].join('\r\n'),
		);
	const key = () => [`apiKey: ${mine.apiKey}`, `id: ${mine.id}`];

	test.each<[string, () => Promise<string>]>([
		['200', () => send('GET', '/livez')],
		['200', () => send('GET', '/metrics')],
		['200', () => send('GET', '/openapi.json')],
		['200', () => send('GET', '/api/instance', key())],
		['400', () => send('POST', '/api/text', [...key(), 'content-length: 0'])],
		['400', () => send('GET', '/%zz')],
		['400', () => raw('NONSENSE\r\n\r\n')],
		['400', () => raw('GET /livez HTTP/1.1\r\n\r\n')],
		['401', () => send('GET', '/api/instance')],
		['404', () => send('GET', '/nowhere')],
		['404', () => send('GET', '/media/a/b?expires=1&signature=x')],
		['405', () => send('DELETE', '/livez')],
		['405', () => send('OPTIONS', '/api/text', ['Access-Control-Request-Method: POST'])],
		['405', () => send('CONNECT', 'a:1')],
		[
			'415',
			() => send('POST', '/api/text', [...key(), 'content-type: text/x', 'content-length: 2']),
		],
		['431', () => send('GET', '/livez', [`x: ${'a'.repeat(20_000)}`])],
	])('of %s is neither cached, guessed, framed nor readable by a website', async (status, ask) => {
		const head = await ask();
		expect(head).toMatch(new RegExp(`^http/1.1 ${status} `));
		expect(head).toContain('\r\ncache-control: no-store');
		expect(head).toContain('\r\nx-content-type-options: nosniff');
		expect(head).toContain("\r\ncontent-security-policy: default-src 'none'");
		expect(head).toContain('\r\nx-frame-options: deny');
		expect(head).toContain('\r\nreferrer-policy: no-referrer');
		expect(head).toContain('\r\ncross-origin-resource-policy: same-origin');
		expect(head).not.toContain('access-control-');
		expect(head).not.toMatch(/\r\n(server|x-powered-by):/);
	});

	test('comes to who sends nothing, half a line or endless headers as the end of the connection', async () => {
		const isOver = async (text: string) => {
			const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
			socket.write(text);
			// A byte a second keeps no connection open.
			const drip = setInterval(() => text && socket.write('a'), 1_000);
			socket.on('error', () => undefined).resume();
			await once(socket, 'close');
			clearInterval(drip);
		};
		await Promise.all(['', 'GET /li', 'GET /livez HTTP/1.1\r\nHost: a\r\nX: '].map(isOver));
	});

	test('to a guesser of keys is 429 after twenty, while every right key still opens', async () => {
		const ask = (apiKey: string, path = '/api/instance') =>
			api.call('GET', path, { headers: { apiKey, id: mine.id } });
		expect((await ask(mine.apiKey)).status).toBe(200);
		for (let n = 0; n < 20; n++) {
			expect((await ask(`guess ${n}`, n % 2 ? '/api/instances' : undefined)).status).toBe(401);
		}
		const limited = await ask('one more');
		expect(limited.status).toBe(429);
		expect(limited.headers.get('retry-after')).toBe('30');
		expect(limited.body).toMatchObject({
			...toErrorBody('rate_limited'),
			hint: expect.any(String),
		});
		expect((await ask(ADMIN_KEY, '/api/instances')).status).toBe(200);
		expect((await ask(mine.apiKey)).status).toBe(200);
	});
});
