import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { answerClientError } from '../../../runner/http/answerClientError';
import { limitRequestTime } from '../../../runner/http/limitRequestTime';

const LIMITS = { totalMs: 500, idleMs: 500, leastBytes: 500 };
/** The pieces come far more often than the limit asks for, and all of them take longer than it. */
const PIECE_MS = 60;
const PIECES = 15;
const PIECE_BYTES = 1_000;

let server: FastifyInstance;
let socket: Socket;
let received = '';
let handled = 0;
beforeAll(async () => {
	server = fastify({ clientErrorHandler: answerClientError });
	limitRequestTime(server, LIMITS);
	server.post('/text', () => {
		handled++;
		return 'done';
	});
	server.post('/upload', { config: { takesUploads: true } }, () => 'done');
	server.get('/slow', async () => {
		await new Promise((resolve) => setTimeout(resolve, 2 * LIMITS.totalMs));
		return 'done';
	});
	await server.listen({ port: 0 });
});
afterAll(() => server.close());
beforeEach(async () => {
	received = '';
	const { port } = server.server.address() as AddressInfo;
	// A client that goes on sending although it has its answer.
	socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
	socket.on('data', (data) => (received += data.toString()));
	await once(socket, 'connect');
});
afterEach(() => socket.destroy());

function begin(path: string, pieceBytes = PIECE_BYTES): void {
	const bytes = PIECES * pieceBytes + 2;
	const head = ['host: x', 'content-type: application/json', `content-length: ${bytes}`];
	socket.write([`POST ${path} HTTP/1.1`, ...head, '', '"'].join('\r\n'));
}

/** Sends the rest of the body so slowly that all of it takes several times the limit. */
async function dribble(pieceBytes = PIECE_BYTES): Promise<void> {
	const piece = 'a'.repeat(pieceBytes);
	for (let sent = 1; sent <= PIECES && !socket.destroyed; sent++) {
		await new Promise((resolve) => setTimeout(resolve, PIECE_MS));
		socket.write(sent === PIECES ? `${piece}"` : piece);
	}
}

const answered = async (text: string) => {
	while (!received.includes(text)) await once(socket, 'data');
};

test('a text that comes too slowly is answered 408, however steadily it comes', async () => {
	begin('/text');
	await Promise.all([answered('request_timeout'), dribble()]);
	expect(received).toMatch(/^HTTP\/1.1 408 /);
	// By then the server has read whatever was still on its way.
	const { port } = server.server.address() as AddressInfo;
	await fetch(`http://127.0.0.1:${port}/slow`);
	expect(handled).toBe(0);
});

test('an upload may take as long as its bytes keep coming', async () => {
	begin('/upload');
	await Promise.all([answered('done'), dribble()]);
	expect(received).toMatch(/^HTTP\/1.1 200 /);
});

test('an upload of which a byte comes now and then is answered 408', async () => {
	begin('/upload', 1);
	await Promise.all([answered('request_timeout'), dribble(1)]);
	expect(received).toMatch(/^HTTP\/1.1 408 /);
});

test('an upload that stands still is answered 408', async () => {
	begin('/upload');
	await answered('request_timeout');
	expect(received).toMatch(/^HTTP\/1.1 408 /);
});

test('an answer that takes long is no fault of the request', async () => {
	socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
	await answered('done');
	expect(received).toMatch(/^HTTP\/1.1 200 /);
});
