import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { answerEarly } from '../../../runner/http/answerEarly';

const LINGER_MS = 200;
const BODY_BYTES = 4_000_000;

let server: FastifyInstance;
let socket: Socket;
let received: string;
beforeAll(async () => {
	server = fastify({ bodyLimit: 1_000 });
	answerEarly(server, LINGER_MS);
	server.addHook('onRequest', async (request, reply) => {
		if (request.url === '/refused') return reply.code(401).send({ error: 'Not you' });
	});
	for (const path of ['/refused', '/small']) server.post(path, () => ({ done: true }));
	await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());
beforeEach(async () => {
	received = '';
	const { port } = server.server.address() as AddressInfo;
	socket = connect({ port, host: '127.0.0.1' });
	socket.on('data', (data: Buffer) => (received += data.toString()));
	await once(socket, 'connect');
});
afterEach(() => socket.destroy());

const begin = (path: string, { connection = 'close' } = {}) =>
	socket.write(
		[
			`POST ${path} HTTP/1.1`,
			'host: x',
			'content-type: application/json',
			`content-length: ${BODY_BYTES}`,
			`connection: ${connection}`,
			'',
			'"',
		].join('\r\n'),
	);

const answered = async (text: string) => {
	while (!received.includes(text)) await once(socket, 'data');
};

test.each([
	['refused before its body is read', '/refused', 'Not you', 401],
	['beyond the limit', '/small', 'too large', 413],
])('what is %s can go on being sent and its answer be read', async (_what, path, text, status) => {
	begin(path);
	await answered(text);
	expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
	// The rest comes only now: a closed connection would answer it with a reset.
	const closed = once(socket, 'close') as Promise<[boolean]>;
	socket.write('a'.repeat(BODY_BYTES - 1));
	const [hadError] = await closed;
	expect(hadError).toBe(false);
});

test('a connection that is to stay open serves the next request', async () => {
	begin('/refused', { connection: 'keep-alive' });
	await answered('Not you');
	socket.write('a'.repeat(BODY_BYTES - 1));
	received = '';
	socket.write('POST /small HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
	await answered('"done":true');
	expect(received).toMatch(/^HTTP\/1.1 200 /);
});

test('whoever never ends is cut off', async () => {
	begin('/refused', { connection: 'keep-alive' });
	await answered('Not you');
	await once(socket, 'close');
	expect(received).toContain('Not you');
});
