import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../runner/storage/Database';

describe('a database that is not what it was', () => {
	let folder: string;
	let file: string;
	let copy: string;

	/** A database that was in use when its process was killed: its newest rows are in the log only. */
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-damage-'));
		copy = join(folder, 'copy');
		const used = join(folder, 'used');
		mkdirSync(used);
		const database = Database.open(join(used, 'runner.db'));
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES ('i', 'n', 'h', seal('whsec_', 'instances.webhook_secret', 'i'), 0, 'unlinked', 0)`,
				params: [],
			},
		]);
		cpSync(used, copy, { recursive: true });
		await database.close();
		file = join(copy, 'runner.db');
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test('a damaged page is noticed, and neither the file nor its log is touched', () => {
		const bytes = readFileSync(file);
		bytes.fill(0, 4_096, 8_192);
		writeFileSync(file, bytes);
		writeFileSync(`${file}-wal`, '');
		expect(() => Database.open(file)).toThrow(/runner\.db is damaged.*restore it from a backup/);
		expect(readFileSync(file).equals(bytes)).toBe(true);
	});

	test('an empty file where there was a database is no new installation', () => {
		truncateSync(file, 0);
		expect(() => Database.open(file)).toThrow(/is damaged/);
		rmSync(`${file}-wal`);
		rmSync(`${file}-shm`, { force: true });
		expect(() => Database.open(file)).toThrow(/is damaged/);
		expect(statSync(file).size).toBe(0);
	});

	test.each(['-wal', 'encryption-key', 'media-key', 'media/incoming'])(
		'a database that is missing is no new installation where %s is left of it',
		(left) => {
			const empty = join(folder, 'empty');
			const trace = join(empty, left === '-wal' ? 'runner.db-wal' : left);
			mkdirSync(left.startsWith('media/') ? trace : empty, { recursive: true });
			if (!existsSync(trace)) writeFileSync(trace, 'x'.repeat(64));
			const missing = join(empty, 'runner.db');
			expect(() => Database.open(missing)).toThrow(
				/runner\.db is missing, though .* Nothing was changed: restore it from a backup, or name another/,
			);
			expect(existsSync(missing)).toBe(false);
		},
	);

	test('a folder made for a disk to be mounted there does not stop a first start', async () => {
		const fresh = join(folder, 'fresh');
		mkdirSync(join(fresh, 'media'), { recursive: true });
		await Database.open(join(fresh, 'runner.db')).close();
	});

	test('what a killed process has left in the log is there', async () => {
		const database = Database.open(file);
		expect(database.all('SELECT id FROM instances')).toEqual([{ id: 'i' }]);
		await database.close();
	});
});
