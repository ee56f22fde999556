import { lookup } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createSecret, isSignatureValid } from '../../../../contract';
import { type Agents, createAgents } from '../../../../runner/webhooks/attempt/createAgents';
import { ABORTED, deliverWebhook } from '../../../../runner/webhooks/attempt/deliverWebhook';
import { WebhookReceiver } from '../support/WebhookReceiver';

const BODY = JSON.stringify({ eventId: 'e1', text: 'olá नमस्ते 👋 \u2028 "q"', spaces: '  ' });
const NOW = Date.UTC(2026, 0, 1);
const secret = createSecret();

describe('deliverWebhook', () => {
	let receiver: WebhookReceiver;
	let agents: Agents;

	beforeEach(async () => {
		receiver = await WebhookReceiver.start();
		agents = createAgents({ lookup, maxSockets: 8 });
	});
	afterEach(async () => {
		agents.destroy();
		await receiver.stop();
	});

	const deliver = async (part: { url?: string; timeoutMs?: number; signal?: AbortSignal } = {}) => {
		const result = await deliverWebhook({
			url: part.url ?? receiver.url,
			body: BODY,
			eventId: 'e1',
			secrets: [secret],
			agents,
			timeoutMs: 5000,
			nowMs: NOW,
			...part,
		});
		if (result === ABORTED) throw new Error(ABORTED);
		return result;
	};

	test('the body arrives byte for byte, signed over these bytes', async () => {
		expect(await deliver()).toMatchObject({
			kind: 'success',
			status: 200,
			error: null,
			answer: 'ok',
		});
		const call = receiver.calls[0]!;
		expect(call.body).toBe(BODY);
		expect(call.headers['content-type']).toBe('application/json');
		expect(
			isSignatureValid({ headers: call.headers, body: call.body, secret, nowS: NOW / 1000 }),
		).toBe(true);
	});

	test.each([
		[204, 'success'],
		[299, 'success'],
		[300, 'redirect'],
		[304, 'redirect'],
		[400, 'client_error'],
		[429, 'client_error'],
		[500, 'server_error'],
	])('%i is %s: only 2xx is success', async (status, kind) => {
		receiver.answer = (_call, response) => void response.writeHead(status).end();
		expect(await deliver()).toMatchObject({ kind, status });
	});

	test('a redirect is not followed', async () => {
		const other = await WebhookReceiver.start();
		receiver.answer = (_call, response) =>
			void response.writeHead(307, { location: other.url }).end();
		expect(await deliver()).toMatchObject({ kind: 'redirect', status: 307 });
		expect(other.calls).toHaveLength(0);
		await other.stop();
	});

	test('a receiver that never answers, or only drips, is given up in time', async () => {
		receiver.answer = () => undefined;
		expect(await deliver({ timeoutMs: 100 })).toMatchObject({
			kind: 'timeout',
			status: null,
			error: 'No complete answer within 0.1 s.',
		});
		receiver.answer = (_call, response) => void response.writeHead(200).write('slow');
		expect(await deliver({ timeoutMs: 1000 })).toMatchObject({ kind: 'timeout', status: 200 });
	});

	test('slow headers are given up in time', async () => {
		const dripping = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.write('HTTP/1.1 200 OK\r\nX-Slow');
		}).listen(0, '127.0.0.1');
		await once(dripping, 'listening');
		const { port } = dripping.address() as AddressInfo;
		expect(await deliver({ url: `http://127.0.0.1:${port}/`, timeoutMs: 100 })).toMatchObject({
			kind: 'timeout',
			status: null,
		});
		dripping.close();
	});

	test.each([
		['a few interim answers are read over', 5, { kind: 'success' }],
		['endless ones are hung up on', Infinity, { kind: 'network', status: null }],
	])('%s', async (_what, count, expected) => {
		receiver.answer = async (_call, response) => {
			for (let sent = 0; sent < count && !response.destroyed; sent++) {
				response.writeEarlyHints({ link: '</style.css>; rel=preload' });
				await new Promise(setImmediate);
			}
			response.end('ok');
		};
		expect(await deliver()).toMatchObject(expected);
	});

	test('of a long answer the first KB is kept, and an endless one does not hold us up', async () => {
		receiver.answer = (_call, response) => {
			response.write('x'.repeat(5000));
		};
		const result = await deliver({ timeoutMs: 3000 });
		expect(result).toMatchObject({ kind: 'success', status: 200 });
		expect(result.answer).toBe('x'.repeat(1024));
	});

	test('connections are kept, and one that was closed meanwhile costs no attempt', async () => {
		await deliver();
		await deliver();
		expect(receiver.connectionCount).toBe(1);
		let isFirst = true;
		receiver.answer = (_call, response) => {
			if (isFirst) response.socket?.resetAndDestroy();
			else response.end('ok');
			isFirst = false;
		};
		expect(await deliver()).toMatchObject({ kind: 'success' });
		expect(receiver.connectionCount).toBe(2);
	});

	test('failures are told in plain words, without the URL', async () => {
		const { port } = receiver;
		const secretUrl = `http://127.0.0.1:${port}/secret-path`;
		receiver.answer = (_call, response) => void response.socket?.destroy();
		expect((await deliver()).error).toMatch(/closed the connection/);
		await receiver.stop();
		const refused = await deliver({ url: secretUrl });
		expect(refused).toMatchObject({ kind: 'network', status: null, answer: null });
		expect(refused.error).toMatch(/refused/);
		expect(refused.error).not.toMatch(/secret-path|127/);
		receiver = await WebhookReceiver.start();
	});

	test('an attempt that is cut off from outside has no outcome', async () => {
		receiver.answer = () => undefined;
		const abort = new AbortController();
		const attempt = deliver({ signal: abort.signal });
		await receiver.waitForCalls(1);
		abort.abort();
		await expect(attempt).rejects.toThrow(ABORTED);
	});

	test('no proxy of the environment comes between', async () => {
		const before = process.env.HTTP_PROXY;
		process.env.HTTP_PROXY = 'http://127.0.0.1:1';
		try {
			expect(await deliver()).toMatchObject({ kind: 'success' });
		} finally {
			if (before === undefined) delete process.env.HTTP_PROXY;
			else process.env.HTTP_PROXY = before;
		}
	});
});
