import { once } from 'node:events';
import { toErrorBody, type CreatedInstance } from '../../../contract';
import { HttpServer } from '../../../runner/http/HttpServer';
import { Readiness } from '../../../runner/http/Readiness';
import { toReadinessWarnings, type ReadinessWarning } from '../../../runner/http/readinessWarnings';
import type { FakeSession } from './FakeSessions';
import { ADMIN_KEY, TestApi } from './TestApi';

describe('HttpServer', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };

	let others: HttpServer[];

	beforeEach(async () => {
		others = [];
		api = await TestApi.start();
		instance = await api.createInstance('mine');
	});
	afterEach(async () => {
		await Promise.all(others.map((server) => server.close(1_000)));
		await api.stop();
	});

	/** Another server over the same parts, in another phase of its life. */
	const listen = async (readiness: Readiness) => {
		const server = await HttpServer.listen(
			{ ...api.parts, readiness },
			{ host: '127.0.0.1', port: 0 },
		);
		others.push(server);
		return server;
	};

	const send = () =>
		api.call('POST', '/api/text', {
			headers: { apiKey: instance.apiKey, id: instance.id },
			json: { number: 15550001234, message: 'Hi' },
		});

	test('a call in flight is answered while the server stops, a new one is 503', async () => {
		let accept: () => void = () => undefined;
		const sending = new Promise<void>((resolve) => {
			instance.session.answer = async () => {
				resolve();
				await new Promise<void>((done) => (accept = done));
				return {
					messageId: '3EB0LATE',
					jid: '15550001234@s.whatsapp.net',
					state: 'sent',
					waitedMs: 0,
				};
			};
		});
		const inFlight = send();
		await sending;
		api.readiness.markStopping();
		const refused = await send();
		expect(refused.status).toBe(503);
		expect(refused.body).toEqual(toErrorBody('runner_stopping'));
		expect(refused.headers.get('connection')).toBe('close');
		const closed = api.closeServer(10_000);
		accept();
		expect((await inFlight).body).toMatchObject({ messageId: '3EB0LATE' });
		await closed;
		await expect(send()).rejects.toThrow('fetch failed');
	});

	test('a call that never ends is cut off after the grace', async () => {
		const sending = new Promise<void>((resolve) => {
			instance.session.answer = () => {
				resolve();
				return new Promise(() => undefined);
			};
		});
		const inFlight = send();
		await sending;
		await Promise.all([expect(inFlight).rejects.toThrow('fetch failed'), api.closeServer(50)]);
	});

	test('who waits for a QR code hears that the runner stops', async () => {
		instance.session.state = { ...instance.session.state, state: 'linking' };
		const waiting = new Promise<AbortSignal>((resolve) => {
			instance.session.qr = ({ signal }) => {
				resolve(signal!);
				return once(signal!, 'abort').then(() => {
					throw new Error('aborted');
				});
			};
		});
		const answer = api.call('GET', '/api/instance/qr?wait=60', {
			headers: { apiKey: instance.apiKey, id: instance.id },
		});
		await waiting;
		api.readiness.markStopping();
		expect((await answer).body).toEqual(toErrorBody('runner_stopping'));
	});

	test('while the runner starts, calls are 503 and /readyz says so', async () => {
		const readiness = new Readiness();
		const server = await listen(readiness);
		const get = async (path: string) => {
			const response = await fetch(server.url + path, { headers: { apiKey: ADMIN_KEY } });
			return { status: response.status, body: await response.json() };
		};
		expect(await get('/livez')).toEqual({
			status: 200,
			body: { status: 'alive', startedAt: expect.any(String) },
		});
		expect(await get('/readyz')).toEqual({
			status: 503,
			body: { ...toErrorBody('runner_starting'), status: 'starting', checks: {} },
		});
		expect(await get('/api/instances')).toEqual({
			status: 503,
			body: toErrorBody('runner_starting'),
		});
		readiness.markReady();
		expect(await get('/readyz')).toEqual({
			status: 200,
			body: { status: 'ready', checks: {}, warnings: [] },
		});
		expect((await get('/api/instances')).status).toBe(200);
	});

	test('/readyz is 503 when the database does not answer, without saying why to all', async () => {
		const readiness = new Readiness({
			database: () => {
				throw new Error('disk on fire');
			},
		});
		readiness.markReady();
		const server = await listen(readiness);
		const response = await fetch(`${server.url}/readyz`);
		expect(response.status).toBe(503);
		expect(await response.json()).toEqual({
			...toErrorBody('storage_unavailable'),
			status: 'ready',
			checks: { database: 'failed' },
		});
		expect(api.logLines.join('')).toContain('disk on fire');
	});

	test('/readyz says what is not as it should be, and is 200 all the same', async () => {
		const health = { oldestPendingMs: 0, failingReceivers: 0 };
		let lagMs = 0;
		const readiness = new Readiness({}, () => toReadinessWarnings(health, lagMs));
		readiness.markReady();
		const server = await listen(readiness);
		const read = async () => {
			const response = await fetch(`${server.url}/readyz`);
			const { warnings } = (await response.json()) as { warnings: ReadinessWarning[] };
			return { status: response.status, codes: warnings.map(({ code }) => code) };
		};
		expect(await read()).toEqual({ status: 200, codes: [] });
		health.oldestPendingMs = 11 * 60_000;
		expect(await read()).toEqual({ status: 200, codes: ['deliveries_delayed'] });
		health.failingReceivers = 1;
		lagMs = 900;
		expect(await read()).toEqual({
			status: 200,
			codes: ['deliveries_delayed', 'receivers_failing', 'event_loop_lag'],
		});
	});

	test('a port that is taken is named, with what to do', async () => {
		const port = Number(new URL(api.url).port);
		await expect(HttpServer.listen(api.parts, { host: '127.0.0.1', port })).rejects.toThrow(
			new RegExp(`127\\.0\\.0\\.1 port ${port} .*AWW_PORT`),
		);
	});

	test('/metrics counts calls by route pattern and instances by state, and names nobody', async () => {
		await send();
		await api.call('GET', `/api/message/15550009999`, {
			headers: { apiKey: instance.apiKey, id: instance.id },
		});
		await api.call('GET', '/nowhere/15550009999');
		const { text, headers } = await api.call('GET', '/metrics');
		expect(headers.get('content-type')).toMatch(/^text\/plain/);
		expect(text).toContain(
			'aww_http_request_duration_seconds_count{method="POST",route="/api/text",status="200"} 1',
		);
		expect(text).toContain('route="/api/message/:messageId",status="404"');
		expect(text).toContain('route="unknown",status="404"');
		expect(text).toContain('aww_instances{state="connected"} 1');
		expect(text).toContain('aww_instances{state="blocked"} 0');
		expect(text).toContain('process_cpu_user_seconds_total');
		expect(text).not.toMatch(/1555000/);
		expect(text).not.toContain(instance.id);
	});
});
