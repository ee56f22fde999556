import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { toPublishedRunner, type PublishedRunner } from '../../contract';
import { readConfig } from '../../runner/config';
import { createRunner } from '../../runner/createRunner';
import {
	acquireOwnership,
	DataFolderOwnedError,
	DataFolderUnusableError,
	publishEndpoint,
} from '../../runner/ownership';
import type { CreateParts } from '../../runner/RunnerParts';
import { InstanceSettings } from '../../runner/instances/InstanceSettings';
import { PeopleLists } from '../../runner/people/PeopleLists';
import { createTestMedia } from './http/createTestMedia';
import { FakeSessions } from './http/FakeSessions';
import { FakeDeliveries, FakeSubscriptions, FakeWebhookConfig } from './http/FakeWebhooks';

describe('createRunner', () => {
	let dataDir: string;
	let steps: string[];

	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'aww-runner-'));
		steps = [];
	});
	afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

	const createParts: CreateParts = ({ database }) => ({
		sessions: Object.assign(new FakeSessions(), {
			startAll: async () => void steps.push('sessions start'),
			stopAll: async () => void steps.push('sessions stop'),
		}),
		webhooks: {
			config: new FakeWebhookConfig(),
			subscriptions: new FakeSubscriptions(),
			deliveries: new FakeDeliveries(),
			expireOldEvents: async () => undefined,
			clockSetBack: async () => undefined,
			health: () => ({ oldestPendingMs: 0, failingReceivers: 0 }),
			start: () => void steps.push('webhooks start'),
			stop: async () => void steps.push('webhooks stop'),
		},
		messages: {
			find: () => undefined,
			findStored: () => undefined,
			list: () => ({ messages: [], next: null }),
			findFile: () => undefined,
		},
		media: createTestMedia(dataDir, database),
		settings: new InstanceSettings(database),
		people: new PeopleLists(database),
	});
	const create = (parts = createParts, env: Record<string, string> = {}) =>
		createRunner(readConfig({ AWW_DATA_DIR: dataDir, AWW_PORT: '0', ...env }), {
			logger: pino({ level: 'silent' }),
			pid: 4711,
			createParts: parts,
			onOwnershipLost: (error) => void steps.push(`lost: ${error.name}`),
			onHandover: () => void steps.push('handed over'),
		});
	const published = (): PublishedRunner | undefined =>
		toPublishedRunner(readFileSync(join(dataDir, 'runner.json'), 'utf8'));

	/** A file shows up, or a callback comes, when the watch looks next: there is nothing to await. */
	const waitUntil = async (isSo: () => boolean) => {
		while (!isSo()) await delay(20);
	};

	test('creating one does nothing: no file, no port', () => {
		rmSync(dataDir, { recursive: true });
		create();
		expect(existsSync(dataDir)).toBe(false);
		expect(steps).toEqual([]);
	});

	test('a started runner is ready, and other processes find it with its key', async () => {
		const runner = create();
		const { url } = await runner.start();
		expect((await fetch(`${url}/readyz`)).status).toBe(200);
		expect(published()).toEqual({
			url,
			pid: 4711,
			startedAt: expect.any(String),
			version: expect.stringMatching(/^\d+\.\d+\.\d+/),
			code: expect.any(String),
		});
		const keyFile = join(dataDir, 'admin-key');
		expect(statSync(keyFile).mode & 0o777).toBe(0o600);
		const apiKey = readFileSync(keyFile, 'utf8').trim();
		expect((await fetch(`${url}/api/instances`, { headers: { apiKey } })).status).toBe(200);
		await runner.stop();
	});

	test('stops the parts in the opposite order, takes its address back and frees folder and port', async () => {
		const runner = create();
		const { url } = await runner.start();
		await Promise.all([runner.stop(), runner.stop()]);
		expect(steps).toEqual(['webhooks start', 'sessions start', 'sessions stop', 'webhooks stop']);
		expect(existsSync(join(dataDir, 'runner.json'))).toBe(false);
		await expect(fetch(`${url}/livez`)).rejects.toThrow();
		const next = create();
		await next.start();
		await next.stop();
	});

	test('an admin key from the configuration is used and never written down', async () => {
		const runner = create(createParts, { AWW_ADMIN_KEY: 'operators-own-key' });
		const { url } = await runner.start();
		const headers = { apiKey: 'operators-own-key' };
		expect((await fetch(`${url}/api/instances`, { headers })).status).toBe(200);
		expect(existsSync(join(dataDir, 'admin-key'))).toBe(false);
		await runner.stop();
	});

	test('instances are still there after a restart', async () => {
		const first = create();
		const { url } = await first.start();
		const apiKey = readFileSync(join(dataDir, 'admin-key'), 'utf8').trim();
		const response = await fetch(`${url}/api/instances`, {
			method: 'POST',
			headers: { apiKey, 'content-type': 'application/json' },
			body: '{"name":"Sales"}',
		});
		const created = (await response.json()) as { id: string; apiKey: string };
		await first.stop();
		const second = create();
		const restarted = await second.start();
		const view = await fetch(`${restarted.url}/api/instance`, {
			headers: { apiKey: created.apiKey, id: created.id },
		});
		expect(await view.json()).toMatchObject({ id: created.id, name: 'Sales' });
		await second.stop();
	});

	test('a second runner on the same folder is refused and told who has it', async () => {
		const runner = create();
		const { url } = await runner.start();
		const second = create().start();
		await expect(second).rejects.toThrow(DataFolderOwnedError);
		await expect(second).rejects.toThrow(url);
		expect(published()?.url).toBe(url);
		await runner.stop();
	});

	test('a second one is refused as well when somebody has deleted the lock and its address answers', async () => {
		const runner = create();
		const { url } = await runner.start();
		rmSync(join(dataDir, 'owner.lock'));
		await expect(create().start()).rejects.toThrow(url);
		expect(published()?.url).toBe(url);
		await waitUntil(() => existsSync(join(dataDir, 'owner.lock')));
		rmSync(join(dataDir, 'runner.json'));
		await expect(create().start()).rejects.toThrow(DataFolderOwnedError);
		await runner.stop();
	});

	test('lock and address deleted, it makes both anew', async () => {
		const runner = create();
		const { url } = await runner.start();
		for (const name of ['owner.lock', 'runner.json']) rmSync(join(dataDir, name));
		await waitUntil(() => existsSync(join(dataDir, 'runner.json')));
		expect(published()?.url).toBe(url);
		await expect(create().start()).rejects.toThrow(url);
		await runner.stop();
	});

	test('it is told when another has taken its folder, and leaves that alone', async () => {
		const runner = create();
		await runner.start();
		for (const name of ['owner.lock', 'runner.json']) rmSync(join(dataDir, name));
		const other = acquireOwnership(dataDir);
		await waitUntil(() => steps.includes('lost: DataFolderOwnedError'));
		const endpoint = { url: 'http://127.0.0.1:9', pid: 1, startedAt: 'now', version: '' };
		publishEndpoint(dataDir, endpoint);
		await runner.stop();
		expect(published()).toEqual(endpoint);
		other.release();
	});

	test('what another runner at the address of a dead one answers keeps nobody out', async () => {
		const runner = create();
		const { url } = await runner.start();
		const folder = join(dataDir, 'second');
		mkdirSync(folder);
		publishEndpoint(folder, { url, pid: 1, startedAt: '2026-01-01T00:00:00.000Z', version: '' });
		const second = create(createParts, { AWW_DATA_DIR: folder });
		await second.start();
		await second.stop();
		await runner.stop();
	});

	test('a start that fails half-way leaves nothing behind', async () => {
		const failing: CreateParts = (base) => {
			const parts = createParts(base);
			parts.sessions.startAll = () => Promise.reject(new Error('no sessions today'));
			return parts;
		};
		await expect(create(failing).start()).rejects.toThrow('no sessions today');
		expect(steps).toEqual(['webhooks start', 'sessions stop', 'webhooks stop']);
		const next = create();
		await next.start();
		await next.stop();
	});

	test('a damaged database stops the start, is named and left as it is', async () => {
		const file = join(dataDir, 'runner.db');
		const damaged = 'this is not a database '.repeat(100);
		writeFileSync(file, damaged);
		await expect(create().start()).rejects.toThrow(file);
		expect(readFileSync(file, 'utf8')).toBe(damaged);
	});

	test('a media folder that cannot be used stops the start, is named and gets a remedy', async () => {
		const first = create();
		await first.start();
		await first.stop();
		rmSync(join(dataDir, 'media'), { recursive: true });
		writeFileSync(join(dataDir, 'media'), 'no folder');
		const starting = create().start();
		await expect(starting).rejects.toThrow(DataFolderUnusableError);
		await expect(starting).rejects.toThrow(/cannot be used: .*media.*read and write access/);
	});

	test('one that is stopped before it was started has nothing to do', async () => {
		await create().stop();
		expect(steps).toEqual([]);
	});
});
