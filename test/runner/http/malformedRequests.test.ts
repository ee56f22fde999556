import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { ERRORS, toErrorBody, type CreatedInstance, type ErrorBody } from '../../../contract';
import { ADMIN_KEY, TestApi } from './TestApi';

interface RawAnswer {
	status: number;
	head: string;
	body: ErrorBody;
}

describe('requests that are none', () => {
	let api: TestApi;
	let instance: CreatedInstance;

	beforeAll(async () => {
		api = await TestApi.start();
		instance = await api.createInstance('mine');
	});
	afterAll(() => api.stop());

	/** Writes bytes to the port and reads until the server closes. */
	const write = async (text: string): Promise<RawAnswer> => {
		const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
		const chunks: Buffer[] = [];
		socket.on('data', (chunk: Buffer) => chunks.push(chunk));
		socket.write(text, 'latin1');
		await once(socket, 'close');
		const answer = Buffer.concat(chunks).toString();
		const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
		return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) as ErrorBody };
	};
	const headers = () => ({ apiKey: instance.apiKey, id: instance.id });

	test.each([
		['no HTTP at all', 'hello\r\n\r\n'],
		['a method nobody knows', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n'],
		['HTTP/2 without being asked', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
		['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
		['a space in the URL', 'GET /api/in stance HTTP/1.1\r\nHost: a\r\n\r\n'],
		['a broken header', 'GET /livez HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n'],
		['a NUL in a header', 'GET /livez HTTP/1.1\r\nHost: a\r\nid: a\0b\r\n\r\n'],
		[
			'two lengths',
			'POST /api/text HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
		],
		[
			'a length and chunks',
			'POST /api/text HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		],
		['a negative length', 'POST /api/text HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
		['no Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n'],
		[
			'broken percent-encoding',
			'GET /api/message/%E0%A4%A HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
		],
		['a lone percent', 'GET /%?a=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
	])('%s is answered with 400 and the form of every other error', async (_what, text) => {
		const { status, head, body } = await write(text);
		expect(status).toBe(400);
		expect(head).toMatch(/content-type: application\/json/i);
		expect(body).toMatchObject({
			error: ERRORS.malformed_request.error,
			code: 'malformed_request',
		});
		expect(body.hint).not.toBe('');
	});

	test('broken chunks within a body are 400', async () => {
		const { body } = await write(
			`POST /api/text HTTP/1.1\r\nHost: a\r\napiKey: ${ADMIN_KEY}\r\nid: ${instance.id}\r\n` +
				'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
		);
		expect(body).toEqual(toErrorBody('malformed_request'));
	});

	test('headers or a URL beyond 16 KB are 431', async () => {
		const big = 'a'.repeat(20_000);
		for (const text of [
			`GET /${big} HTTP/1.1\r\n\r\n`,
			`GET / HTTP/1.1\r\nHost: a\r\nid: ${big}\r\n\r\n`,
		]) {
			const { status, body } = await write(text);
			expect(status).toBe(431);
			expect(body).toEqual(toErrorBody('headers_too_large'));
		}
	});

	test('a proxy’s CONNECT is 405', async () => {
		const { status, head, body } = await write('CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n');
		expect(status).toBe(405);
		expect(head).toMatch(/allow: .*GET/);
		expect(body).toEqual(toErrorBody('method_not_allowed'));
	});

	test.each([
		'//',
		'//api//instance',
		'/',
		'/api',
		'/api/',
		'/API/TEXT',
		'/api/instance/',
		'/..%2f',
		'*',
	])('the path %s is not found', async (path) => {
		const { status, body } = await write(
			`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
		);
		expect(status).toBe(404);
		expect(body).toEqual(toErrorBody('route_not_found'));
	});

	test('an Expect nobody knows is ignored', async () => {
		const { status } = await write(
			'GET /nowhere HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n',
		);
		expect(status).toBe(404);
	});

	test('every method a path does not have is 405, with those it has, whatever its body', async () => {
		for (const method of METHODS.filter((name) => !['POST', 'CONNECT', 'TRACE'].includes(name))) {
			const response = await fetch(`${api.url}/api/text`, {
				method,
				headers: { 'content-type': 'application/json' },
				...(['GET', 'HEAD'].includes(method) ? {} : { body: '{' }),
			});
			expect([method, response.status]).toEqual([method, 405]);
			expect(response.headers.get('allow')).toBe('POST');
			if (method !== 'HEAD')
				expect(await response.json()).toEqual(toErrorBody('method_not_allowed'));
		}
	});

	test('Allow names every route that shares a path', async () => {
		const answer = await api.call('DELETE', '/api/config/secret');
		expect(answer.headers.get('allow')).toBe('POST, PUT');
		expect((await api.call('PUT', '/api/subscriptions/1?a=b')).headers.get('allow')).toBe(
			'DELETE, GET, HEAD, PATCH',
		);
	});

	test.each([
		'text/plain',
		'application/xml',
		'multipart/form-data',
		'application/jsonp',
		';;',
		'',
	])('the media type "%s" is 415', async (type) => {
		const answer = await api.call('POST', '/api/text', {
			headers: { ...headers(), 'content-type': type },
			raw: new Uint8Array([123, 125]),
		});
		expect(answer.status).toBe(415);
		expect(answer.body).toEqual(toErrorBody('unsupported_media_type'));
	});

	test.each(['gzip', 'br', 'identity, gzip'])('a body in %s is 415', async (encoding) => {
		const answer = await api.call('POST', '/api/text', {
			headers: {
				...headers(),
				'content-type': 'application/json',
				'content-encoding': encoding,
			},
			raw: new Uint8Array(gzipSync('{"number":1,"message":"a"}')),
		});
		expect(answer.status).toBe(415);
		expect(answer.body).toMatchObject({ hint: 'Send the body without Content-Encoding.' });
	});

	test.each([
		'{',
		'{"number":1',
		'{"number":NaN,"message":"a"}',
		'{"number":1,"message":"a","__proto__":{"x":1}}',
		'{"number":1,"message":"a","constructor":{"prototype":{"x":1}}}',
		"{'number':1}",
		'\ufeff\ufeff{}',
		'undefined',
	])('the JSON %s cannot be read', async (raw) => {
		const answer = await api.call('POST', '/api/text', {
			headers: { ...headers(), 'content-type': 'application/json' },
			raw,
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual(toErrorBody('malformed_request'));
	});

	test.each([
		['{"number":1,"message":"a\\ud800"}', /half of a character/],
		['{"number":1,"message":"\\uDC00a"}', /half of a character/],
		['{"number":1,"message":"a","x":[{"\\udfff":1}]}', /half of a character/],
		['{"number":1,"message":"a\\u0000"}', /U\+0000/],
	])(
		'text that cannot be kept as it is given is refused wherever it stands: %s',
		async (raw, hint) => {
			const answer = await api.call('POST', '/api/text', {
				headers: { ...headers(), 'content-type': 'application/json' },
				raw,
			});
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({
				code: 'invalid_body',
				hint: expect.stringMatching(hint) as string,
			});
		},
	);

	test('whole pairs and escaped backslashes are text as any other', async () => {
		const answer = await api.call('POST', '/api/text', {
			headers: { ...headers(), 'content-type': 'application/json' },
			raw: '{"number":15550001234,"message":"\\ud83d\\ude00 \\\\ud800 \\\\u0000"}',
		});
		expect(answer.status).toBe(200);
	});

	test('a form is held to the same', async () => {
		const form = new FormData();
		form.set('number', '15550001234');
		form.set('caption', 'a\u0000b');
		const answer = await api.call('POST', '/api/image', { headers: headers(), form });
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ hint: expect.stringContaining('U+0000') as string });
	});

	test('bytes that are no UTF-8 are refused, and not replaced in silence', async () => {
		const answer = await api.call('POST', '/api/text', {
			headers: { ...headers(), 'content-type': 'application/json' },
			raw: new Uint8Array([...Buffer.from('{"number":1,"message":"'), 0xff, ...Buffer.from('"}')]),
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({
			code: 'malformed_request',
			hint: expect.stringContaining('UTF-8') as string,
		});
	});

	test('numbers beyond all numbers and deep nesting break the schema, not the server', async () => {
		for (const raw of [
			'{"number":1e999,"message":"a"}',
			`{"number":${'[ '.repeat(100_000)}${']'.repeat(100_000)},"message":"a"}`,
			`{"number":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)},"message":"a"}`,
		]) {
			const answer = await api.call('POST', '/api/text', {
				headers: { ...headers(), 'content-type': 'application/json' },
				raw,
			});
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({ code: expect.stringMatching(/^invalid_/) });
		}
	});

	test.each([1.2, 30])('a body of %d MB is 413, and the answer arrives', async (megabytes) => {
		const message = 'a'.repeat(megabytes * 1024 * 1024);
		const answer = await api.call('POST', '/api/text', {
			headers: headers(),
			json: { number: 1, message },
		});
		expect(answer.status).toBe(413);
		expect(answer.body).toEqual(toErrorBody('body_too_large'));
	});

	test('a body of unknown length that grows beyond 1 MB is 413', async () => {
		const chunk = new Uint8Array(64 * 1024).fill(32);
		let left = 40;
		const response = await fetch(`${api.url}/api/text`, {
			method: 'POST',
			headers: { ...headers(), 'content-type': 'application/json' },
			body: new ReadableStream({
				pull: (stream) => (left-- > 0 ? stream.enqueue(chunk) : stream.close()),
			}),
			duplex: 'half',
		});
		expect(response.status).toBe(413);
		expect(await response.json()).toEqual(toErrorBody('body_too_large'));
	});

	/** Sends everything before it reads anything, as simple clients do. */
	const writeThenRead = async (text: string): Promise<string> => {
		const socket = connect(Number(new URL(api.url).port), '127.0.0.1').pause();
		const failed = once(socket, 'error').then(([error]) => {
			throw error as Error;
		});
		await Promise.race([failed, new Promise((resolve) => socket.write(text, resolve))]);
		socket.resume();
		const [answer] = (await Promise.race([failed, once(socket, 'data')])) as [Buffer];
		socket.destroy();
		return answer.toString();
	};

	test.each([
		[
			'a body that is too large',
			(size: number) =>
				`POST /api/text HTTP/1.1\r\nHost: a\r\napiKey: ${ADMIN_KEY}\r\nid: ${instance.id}\r\n` +
				`Content-Type: application/json\r\nContent-Length: ${size}\r\n\r\n${'a'.repeat(size)}`,
			413,
		],
		[
			'a header that is too large',
			(size: number) => `GET / HTTP/1.1\r\nHost: a\r\nid: ${'a'.repeat(size)}\r\n\r\n`,
			431,
		],
	])('the answer to %s reaches who reads only after all is sent', async (_what, toText, status) => {
		expect(await writeThenRead(toText(20_000_000))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
	});
});
