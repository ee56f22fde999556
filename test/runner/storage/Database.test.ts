import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../runner/storage/Database';
import type { Statement } from '../../../runner/storage/Statement';

const insert = (id: string, name = id): Statement => ({
	sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
		VALUES (?, ?, ?, seal('whsec_', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
	params: [id, name, `hash-${id}`],
});
const ids = (database: Database) =>
	database.all<{ id: string }>('SELECT id FROM instances ORDER BY id').map(({ id }) => id);

describe('Database', () => {
	let folder: string;
	let file: string;
	let database: Database | undefined;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-storage-'));
		file = join(folder, 'runner.db');
	});
	afterEach(async () => {
		await database?.close();
		database = undefined;
		rmSync(folder, { recursive: true, force: true });
	});

	test('what was written is there after it was opened again', async () => {
		database = Database.open(file);
		await database.write([insert('a'), insert('b')]);
		await database.close();
		database = Database.open(file);
		expect(ids(database)).toEqual(['a', 'b']);
	});

	test('a batch is written whole or not at all, and its neighbours are not held liable', async () => {
		database = Database.open(file);
		const good = database.write([insert('a')]);
		const bad = database.write([insert('b'), insert('c', 'a')]);
		const alsoGood = database.write([insert('d')]);
		await expect(bad).rejects.toThrow(/Cannot write to .*UNIQUE/);
		await Promise.all([good, alsoGood]);
		expect(ids(database)).toEqual(['a', 'd']);
	});

	test('batches are written in the order they were given', async () => {
		database = Database.open(file);
		const rename = (name: string): Statement => ({
			sql: 'UPDATE instances SET name = ? WHERE id = ?',
			params: [name, 'a'],
		});
		const writes = [database.write([insert('a')])];
		for (let n = 0; n < 50; n++) writes.push(database.write([rename(`name ${n}`)]));
		await Promise.all(writes);
		expect(database.get('SELECT name FROM instances')).toEqual({ name: 'name 49' });
	});

	test('a lazy write is on disk after close', async () => {
		database = Database.open(file);
		database.writeLazily([insert('a')], (error) => {
			throw error;
		});
		await database.close();
		database = Database.open(file);
		expect(ids(database)).toEqual(['a']);
	});

	test('a write after close is refused, not lost in silence', async () => {
		const closed = Database.open(file);
		await closed.close();
		await expect(closed.write([insert('a')])).rejects.toThrow(/is closed/);
	});

	test('nobody but the owner can read the file', () => {
		database = Database.open(file);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	test('a damaged file is refused with its name and a remedy, and left as it is', () => {
		writeFileSync(file, 'this is not a database, and long enough to be looked at '.repeat(40));
		const before = statSync(file).size;
		expect(() => Database.open(file)).toThrow(new RegExp(`${file}.*backup`, 's'));
		expect(statSync(file).size).toBe(before);
	});

	test('a file of a newer version is refused', async () => {
		database = Database.open(file);
		await database.close();
		const { DatabaseSync } = await import('node:sqlite');
		const raw = new DatabaseSync(file);
		raw.exec('PRAGMA user_version = 999');
		raw.close();
		database = undefined;
		expect(() => Database.open(file)).toThrow(/newer version/);
	});
});

test('a statement that cannot be prepared fails its own batch, and no later one', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'aww-storage-'));
	const database = Database.open(join(folder, 'runner.db'));
	try {
		const wrong = database.write([{ sql: 'INSERT INTO nowhere VALUES (1)', params: [] }]);
		const right = database.write([insert('a')]);
		await expect(wrong).rejects.toThrow(/nowhere/);
		await right;
		await database.write([
			{ sql: `UPDATE instances SET name = 'new' WHERE id = ?`, params: ['a'] },
		]);
		expect(database.get('SELECT id, name FROM instances')).toEqual({ id: 'a', name: 'new' });
	} finally {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
