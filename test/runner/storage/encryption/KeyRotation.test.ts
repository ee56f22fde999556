import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Database } from '../../../../runner/storage/Database';
import { KeyRotation } from '../../../../runner/storage/encryption/KeyRotation';
import { MasterKeys } from '../../../../runner/storage/encryption/MasterKeys';
import { openOrNull, SEALED_TABLES } from '../../../../runner/storage/encryption/sealedColumns';
import { CredentialRepository } from '../../../../runner/storage/CredentialRepository';
import { SignalKeyRepository } from '../../../../runner/storage/SignalKeyRepository';
import { FakeClock } from '../../webhooks/support/FakeClock';
import { damage } from './support/damage';
import { fillEveryTable } from './support/fillEveryTable';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const logger = pino({ level: 'silent' });

const rotatingProcess = join(__dirname, 'support/rotatingProcess.ts');

/** Rotates in a process of its own, which is killed once it has written so often. */
async function rotateAndDie(file: string, writes: number): Promise<void> {
	const child = spawn(process.execPath, ['-r', '@swc-node/register', rotatingProcess, file], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const exited = once(child, 'exit');
	let written = 0;
	child.stdout.on('data', (dots: Buffer) => {
		written += dots.length;
		if (written >= writes) child.kill('SIGKILL');
	});
	expect(await exited).toEqual([null, 'SIGKILL']);
}

describe('KeyRotation', () => {
	let folder: string;
	let database: Database;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-rotation-'));
		database = Database.open(join(folder, 'runner.db'));
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true });
	});

	const createRotation = (clock?: FakeClock) =>
		new KeyRotation({ database, logger, pauseMs: 0, ...(clock && { clock }) });

	/** Of everything sealed: which data keys it is sealed with, and how many values there are. */
	function countByKey(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const [table, { columns }] of Object.entries(SEALED_TABLES)) {
			for (const column of columns) {
				const rows = database.all<{ id: string; count: number }>(
					`SELECT hex(substr(${column}, 2, 4)) AS id, count(*) AS count FROM ${table}
					WHERE ${column} IS NOT NULL GROUP BY 1`,
				);
				for (const { id, count } of rows) {
					const key = String(parseInt(id, 16));
					counts[key] = (counts[key] ?? 0) + count;
				}
			}
		}
		return counts;
	}

	test('seals every kind of value anew, and then the old key goes', async () => {
		const readBack = await fillEveryTable(database, { rows: 450 });
		const before = countByKey();
		expect(Object.keys(before)).toEqual(['1']);
		await createRotation().rotate();
		expect(countByKey()).toEqual({ 2: before['1'] });
		expect(database.keyIds).toEqual({ active: 2, retired: [] });
		expect(database.all('SELECT id FROM encryption_keys')).toEqual([{ id: 2 }]);
		readBack(database);
		await database.close();
		database = Database.open(database.file);
		readBack(database);
	});

	test('a damaged value stays as it is, and keeps neither the others nor the old key', async () => {
		await fillEveryTable(database, { rows: 3 });
		const { count } = database.get<{ count: number }>('SELECT count(*) AS count FROM events')!;
		await damage(database, 'events', 'body', 'rowid = 1');
		await createRotation().rotate();
		expect(database.keyIds).toEqual({ active: 2, retired: [] });
		const events = database.all(`SELECT ${openOrNull('events.body')} FROM events`);
		expect(events.filter(({ body }) => body !== null)).toHaveLength(count - 1);
		expect(countByKey()['1']).toBe(1);
	});

	test('goes on beside the traffic: nothing fails, nothing is lost, reads never wait', async () => {
		await fillEveryTable(database, { rows: 450 });
		const keys = new SignalKeyRepository(database);
		const rotation = createRotation();
		let isRotating = true;
		const rotated = rotation.rotate().finally(() => (isRotating = false));
		let written = 0;
		for (; isRotating || written < 300; written++) {
			const id = `contact ${written % 20}`;
			await database.write([keys.put('a', 'session', id, `ratchet ${written}`)]);
			expect(keys.read('a', 'session', id)).toBe(`ratchet ${written}`);
		}
		await rotated;
		expect(Object.keys(countByKey())).toEqual(['2']);
		for (let n = written - 20; n < written; n++) {
			expect(keys.read('a', 'session', `contact ${n % 20}`)).toBe(`ratchet ${n}`);
		}
	});

	test('what moves from row to row meanwhile is not forgotten', async () => {
		await fillEveryTable(database, { rows: 3 });
		const credentials = new CredentialRepository(database);
		await database.write([credentials.put('a', 'the credentials')]);
		const rotating = createRotation().rotate();
		await database.write(credentials.archive('a', 'test', 1));
		await rotating;
		expect(Object.keys(countByKey())).toEqual(['2']);
	});

	test('happens by itself after 90 days, or when a key has sealed half of what is safe', async () => {
		const clock = new FakeClock(Date.now());
		const rotation = createRotation(clock);
		const untilActive = async (id: number) => {
			while (database.keyIds.active !== id || database.keyIds.retired.length > 0) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
		};
		/** Until that day, and then one more look. */
		const pass = async (ms: number) => {
			for (const step of [ms - HOUR_MS, HOUR_MS]) {
				clock.advance(step);
				await new Promise(setImmediate);
			}
		};
		rotation.start();
		await pass(89 * DAY_MS);
		expect(database.keyIds.active).toBe(1);
		await pass(2 * DAY_MS);
		await untilActive(2);
		await database.write([
			{ sql: 'UPDATE encryption_keys SET sealed_count = 2147483649', params: [] },
		]);
		await pass(DAY_MS);
		await untilActive(3);
		await rotation.stop();
	});

	test('counts what is sealed ahead of its use', async () => {
		await fillEveryTable(database, { rows: 1 });
		const [key] = database.all<{ sealed_count: number }>('SELECT * FROM encryption_keys');
		expect(key?.sealed_count).toBe(2 ** 20);
	});

	test('is finished by the next start after one was stopped half-way', async () => {
		const readBack = await fillEveryTable(database, { rows: 450 });
		const rotation = createRotation();
		const rotating = rotation.rotate();
		rotating.catch(() => undefined);
		await rotation.stop().catch(() => undefined);
		await expect(rotating).rejects.toThrow();
		await database.close();
		database = Database.open(database.file);
		expect(database.keyIds).toEqual({ active: 2, retired: [1] });
		readBack(database);
		const next = createRotation();
		next.start();
		while (database.keyIds.retired.length > 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		await next.stop();
		expect(Object.keys(countByKey())).toEqual(['2']);
		readBack(database);
	});

	test('killed in the middle of it, over and over, loses nothing and ends', async () => {
		const readBack = await fillEveryTable(database, { rows: 450 });
		await database.close();
		const file = database.file;
		for (const writes of [1, 2, 9, 20]) await rotateAndDie(file, writes);
		database = Database.open(file);
		expect(database.keyIds.active).toBe(5);
		readBack(database);
		await createRotation().rotate();
		expect(Object.keys(countByKey())).toEqual([String(database.keyIds.active)]);
		readBack(database);
	});

	test('a changed master key has everything sealed with a new data key', async () => {
		const readBack = await fillEveryTable(database, { rows: 5 });
		await database.close();
		const own = readFileSync(join(folder, 'encryption-key'), 'utf8').trim();
		const changed = { dataDir: folder, key: 'k'.repeat(40), previousKeys: [own] };
		const masters = new MasterKeys(changed);
		database = Database.open(database.file, masters);
		expect(database.keyIds).toEqual({ active: 2, retired: [1] });
		const rotation = createRotation();
		rotation.start();
		while (database.keyIds.retired.length > 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		await rotation.stop();
		expect(Object.keys(countByKey())).toEqual(['2']);
		readBack(database);
	});
});
