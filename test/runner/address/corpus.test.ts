import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSecret } from '../../../contract';
import { ApiError } from '../../../runner/ApiError';
import { AddressGuard, type AddressGuardOptions } from '../../../runner/address';
import { systemClock } from '../../../runner/Clock';
import { fetchMedia } from '../../../runner/media/fetch/fetchMedia';
import type { AttemptResult } from '../../../runner/webhooks/attempt/AttemptResult';
import { ABORTED } from '../../../runner/webhooks/attempt/deliverWebhook';
import { ReceiverCaller } from '../../../runner/webhooks/ReceiverCaller';
import { LITERALS, RESOLVED, USERINFO } from './corpus';

const TIMEOUT_MS = 2_000;

/** Stands for what must never be reached: every connection to it is counted, whatever comes of it. */
class Canary {
	hits = 0;
	/** Where it sends who asks. */
	location: string | undefined;

	private constructor(
		private readonly server: Server,
		readonly port: number,
	) {
		server.on('connection', () => (this.hits += 1));
		server.on('request', (_request, response) => {
			const { location } = this;
			response.writeHead(location ? 302 : 200, location ? { location } : {}).end('a secret');
		});
	}

	/** On every address of this machine, 127.0.0.0/8 and ::1 included. */
	static async start(): Promise<Canary> {
		const server = createServer();
		const open = (host: string) => server.listen(0, host);
		try {
			await once(open('::'), 'listening');
		} catch {
			await once(open('0.0.0.0'), 'listening');
		}
		return new Canary(server, (server.address() as AddressInfo).port);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}
}

describe('the address guard, before a server that must never be called', () => {
	let canary: Canary;

	beforeAll(async () => {
		canary = await Canary.start();
	});
	beforeEach(() => {
		canary.hits = 0;
		canary.location = undefined;
	});
	afterAll(() => canary.stop());

	/** Plain http is allowed to the host, so that it is its address alone that keeps us away. */
	const guardFor = (url: string, options: Partial<AddressGuardOptions> = {}) =>
		new AddressGuard({
			allowPrivateHosts: [],
			allowHttpHosts: URL.canParse(url) ? [new URL(url).hostname] : [],
			...options,
		});

	const callWebhook = async (url: string, guard: AddressGuard): Promise<AttemptResult> => {
		const caller = new ReceiverCaller({
			guard,
			clock: systemClock,
			isEmbedded: false,
			attemptTimeoutMs: TIMEOUT_MS,
		});
		try {
			const result = await caller.call(
				{
					key: 'subscription:1',
					instanceId: '1',
					kind: 'subscription',
					url,
					events: new Set(['received']),
					filters: undefined,
					secrets: { current: createSecret(), previous: [] },
					disabled: null,
				},
				{ eventId: 'evt_1', body: '{}' },
			);
			if (result === ABORTED) throw new Error('aborted');
			return result;
		} finally {
			caller.destroy();
		}
	};

	const fetchCode = async (url: string, guard: AddressGuard): Promise<string> => {
		try {
			const media = await fetchMedia(url, { guard, timeoutMs: TIMEOUT_MS, maxBytes: 1000 });
			media.close();
			return 'fetched';
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			return error.code;
		}
	};

	const expectRefused = async (url: string, guard = guardFor(url)) => {
		expect(guard.refusalOf(url, { allowLoopback: false })).toBe('webhook_address_refused');
		const result = await callWebhook(url, guard);
		expect([result.kind, result.status]).toEqual(['refused', null]);
		expect(await fetchCode(url, guard)).toBe('media_address_refused');
		expect(canary.hits).toBe(0);
	};

	test('the corpus has a hundred spellings and more, each of them once', () => {
		expect(new Set(LITERALS).size).toBe(LITERALS.length);
		expect(LITERALS.length).toBeGreaterThanOrEqual(100);
	});

	test('the canary sings: allowed by the operator, both ways reach it', async () => {
		const url = `http://127.0.0.1:${canary.port}/`;
		const guard = guardFor(url, { allowPrivateHosts: ['127.0.0.1'] });
		expect(await callWebhook(url, guard)).toMatchObject({ kind: 'success', answer: 'a secret' });
		expect(await fetchCode(url, guard)).toBe('fetched');
		expect(canary.hits).toBe(2);
	});

	test.each(LITERALS)('http://%s is refused for webhooks and media', async (host) => {
		await expectRefused(`http://${host}:${canary.port}/x`);
	});

	test.each(USERINFO.map((text) => [JSON.stringify(text), text]))(
		'%s is refused for webhooks and media',
		async (_name, text) => {
			const url = text.replace('$', String(canary.port));
			const guard = guardFor(url);
			const refusal = guard.refusalOf(url, { allowLoopback: false });
			expect(refusal).toMatch(/^(webhook_address_refused|https_webhook_required)$/);
			expect((await callWebhook(url, guard)).kind).toBe('refused');
			expect(await fetchCode(url, guard)).toMatch(/^media_(address_refused|invalid)$/);
			expect(canary.hits).toBe(0);
		},
	);

	test.each(RESOLVED.map((addresses) => [addresses.join(' and '), addresses]))(
		'a name that leads to %s is refused when it is dialled',
		async (_name, addresses) => {
			const url = `http://innocent.example:${canary.port}/`;
			const guard = guardFor(url, {
				resolve: (_host, callback) =>
					callback(
						null,
						addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
					),
			});
			expect(guard.refusalOf(url, { allowLoopback: false })).toBeUndefined();
			expect((await callWebhook(url, guard)).kind).toBe('refused');
			expect(await fetchCode(url, guard)).toBe('media_address_refused');
			expect(canary.hits).toBe(0);
		},
	);

	test('a name that was public when it was looked at and is private when it is dialled gains nothing', async () => {
		const url = `http://rebound.example:${canary.port}/`;
		let looks = 0;
		const guard = guardFor(url, {
			resolve: (_host, callback) =>
				callback(null, [{ address: (looks += 1) === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]),
		});
		const lookup = guard.lookupFor(url, { allowLoopback: false });
		const looked = await new Promise((resolve, reject) =>
			lookup('rebound.example', {}, (error, address) => (error ? reject(error) : resolve(address))),
		);
		expect(looked).toBe('8.8.8.8');
		expect((await callWebhook(url, guard)).kind).toBe('refused');
		expect(await fetchCode(url, guard)).toBe('media_address_refused');
		expect([looks, canary.hits]).toEqual([3, 0]);
	});

	test('what is judged is what is dialled, also where parsers of URLs differ', async () => {
		const url = `http://public.example\\@127.0.0.1:${canary.port}/`;
		const asked: string[] = [];
		const guard = guardFor(url, {
			resolve(host, callback) {
				asked.push(host);
				callback(null, [{ address: '127.0.0.1', family: 4 }]);
			},
		});
		expect((await callWebhook(url, guard)).kind).toBe('refused');
		expect(await fetchCode(url, guard)).toBe('media_address_refused');
		expect([asked, canary.hits]).toEqual([['public.example', 'public.example'], 0]);
	});

	test('who may share the machine gets its loopback and nothing else of its network', async () => {
		const guard = new AddressGuard({ allowPrivateHosts: [], allowHttpHosts: [] });
		for (const host of LITERALS) {
			const url = new URL(`https://${host}:${canary.port}/`);
			const isLoopback = /^(127\.|\[::1\]$|(.*\.)?localhost\.?$)/.test(url.hostname);
			const refusal = guard.refusalOf(url.href, { allowLoopback: true });
			expect([host, refusal]).toEqual([host, isLoopback ? undefined : 'webhook_address_refused']);
		}
	});

	describe('redirects', () => {
		let door: Canary;

		beforeEach(async () => {
			door = await Canary.start();
		});
		afterEach(() => door.stop());

		test.each([...LITERALS.filter((host) => /^[!-~]+$/.test(host)), 'public.example@127.0.0.1'])(
			'to http://%s are not followed',
			async (host) => {
				const url = `http://127.0.0.1:${door.port}/`;
				door.location = `http://${host}:${canary.port}/`;
				const guard = new AddressGuard({
					// The door alone; as a name without a port it would open the canary as well.
					allowPrivateHosts: [`127.0.0.1:${door.port}`],
					allowHttpHosts: ['127.0.0.1', new URL(door.location).hostname],
				});
				expect((await callWebhook(url, guard)).kind).toBe('redirect');
				expect(await fetchCode(url, guard)).toBe('media_address_refused');
				expect([door.hits, canary.hits]).toEqual([2, 0]);
			},
		);
	});

	describe('with n8n’s own rules', () => {
		const rules = {
			allowedHostnames: ['inside.example', '*.lan.example'],
			blockedHostnames: ['*.evil.example', 'inside.example'],
			allowedRanges: ['10.1.0.0/16', 'fd12::/16'],
			blockedRanges: ['8.8.8.0/24', '2606:4700::/32', '10.1.2.0/24'],
		};
		const guard = new AddressGuard({ allowPrivateHosts: [], allowHttpHosts: [], rules });
		const refusal = (host: string) =>
			guard.refusalOf(`https://${host}/`, { allowLoopback: false }) ?? 'allowed';

		test.each([
			['10.1.2.3', 'allowed'],
			['[fd12::1]', 'allowed'],
			['inside.example', 'allowed'],
			['INSIDE.example.', 'allowed'],
			['files.lan.example', 'allowed'],
			['lan.example', 'allowed'],
			['1.1.1.1', 'allowed'],
			['10.2.0.1', 'webhook_address_refused'],
			['8.8.8.8', 'webhook_address_refused'],
			['134744072', 'webhook_address_refused'],
			['[2606:4700::1]', 'webhook_address_refused'],
			['a.evil.example', 'webhook_address_refused'],
			['A.B.EVIL.example.', 'webhook_address_refused'],
			['evil.example', 'allowed'],
			['127.0.0.1', 'webhook_address_refused'],
		])('%s is %s', (host, expected) => {
			expect(refusal(host)).toBe(expected);
		});

		test('names are held to the ranges where they lead, unless the name itself is allowed', async () => {
			const dial = (host: string, address: string) => {
				const resolving = new AddressGuard({
					allowPrivateHosts: [],
					allowHttpHosts: [],
					rules,
					resolve: (_name, callback) => callback(null, [{ address, family: 4 }]),
				});
				return new Promise((resolve) =>
					resolving.lookupFor(`https://${host}/`, { allowLoopback: false })(
						host,
						{},
						(error, found) => resolve(error ? 'refused' : found),
					),
				);
			};
			expect(await dial('a.example', '8.8.8.8')).toBe('refused');
			expect(await dial('a.example', '10.1.0.1')).toBe('10.1.0.1');
			expect(await dial('a.example', '10.3.0.1')).toBe('refused');
			expect(await dial('inside.example', '192.168.0.1')).toBe('192.168.0.1');
			expect(await dial('files.lan.example', '127.0.0.1')).toBe('127.0.0.1');
		});

		test('an embedded trigger is still reached on loopback', () => {
			const strict = new AddressGuard({
				allowPrivateHosts: [],
				allowHttpHosts: [],
				rules: { ...rules, blockedRanges: ['127.0.0.0/8'] },
			});
			const url = 'http://127.0.0.1:5678/webhook/1';
			expect(strict.refusalOf(url, { allowLoopback: true })).toBeUndefined();
		});
	});
});
