import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../../runner/storage/Database';
import {
	open,
	openOrNull,
	seal,
	SEALED_TABLES,
} from '../../../../runner/storage/encryption/sealedColumns';
import { damage } from './support/damage';

describe('sealed columns', () => {
	let folder: string;
	let database: Database;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-sealed-'));
		database = Database.open(join(folder, 'runner.db'));
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true });
	});

	const columnsOf = (table: string) =>
		database
			.all<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)', table)
			.map(({ name, type }) => ({ name, type }));

	test('every column that SEALED_TABLES names refuses what is plain, and no others do', () => {
		const tables = database.all<{ name: string; sql: string }>(
			`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%x''01''%'`,
		);
		const declared = tables.flatMap(({ name, sql }) =>
			[...sql.matchAll(/(\w+) BLOB CHECK \(substr\(\1, 1, 1\) IN \(x'01', x'02'\)\)/g)].map(
				(match) => `${name}.${match[1]}`,
			),
		);
		const named = Object.entries(SEALED_TABLES).flatMap(([table, { columns }]) =>
			columns.map((column) => `${table}.${column}`),
		);
		expect(declared.sort()).toEqual(named.sort());
	});

	test('what tells rows apart, and what they are walked through by, are columns of theirs', () => {
		for (const [table, { key, row }] of Object.entries(SEALED_TABLES)) {
			const names = [...columnsOf(table).map(({ name }) => name), 'rowid'];
			expect(names).toEqual(expect.arrayContaining([...key, ...row]));
		}
	});

	test('only what is meant to be read by others or searched is bytes or text in plain', () => {
		const plainBytes = database
			.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
			.flatMap(({ name: table }) =>
				columnsOf(table)
					.filter(({ type }) => type === 'BLOB')
					.map(({ name }) => `${table}.${name}`),
			)
			.filter((column) => {
				const [table, name] = column.split('.') as [keyof typeof SEALED_TABLES, string];
				return !(SEALED_TABLES[table]?.columns as readonly string[] | undefined)?.includes(name);
			});
		expect(plainBytes).toEqual(['encryption_keys.wrapped']);
	});

	const insertInstance = (id: string) => ({
		sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
			VALUES (?1, ?1, ?1, ${seal('instances.webhook_secret', '?2', '?1')}, 0, 'unlinked', 0)`,
		params: [id, `secret of ${id}`],
	});

	test.each([
		[`'whsec_plain'`, /BLOB column/],
		[`x'0a0b0c'`, /CHECK constraint/],
	])('a statement that forgets to seal fails: %s', async (value, reason) => {
		await expect(
			database.write([
				{
					sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
						VALUES ('a', 'a', 'a', ${value}, 0, 'unlinked', 0)`,
					params: [],
				},
			]),
		).rejects.toThrow(reason);
	});

	test('values that were swapped between rows do not open', async () => {
		await database.write([insertInstance('a'), insertInstance('b')]);
		const read = `SELECT ${open('instances.webhook_secret')} FROM instances WHERE id = 'a'`;
		expect(database.get(read)).toEqual({ webhook_secret: 'secret of a' });
		await database.write([
			{
				sql: `UPDATE instances SET webhook_secret =
					(SELECT webhook_secret FROM instances WHERE id = 'b') WHERE id = 'a'`,
				params: [],
			},
		]);
		expect(() => database.get(read)).toThrow(/belongs to another row/);
	});

	test('in a list a damaged value is null, its column is told of once, and the others are read', async () => {
		await database.write(['a', 'b', 'c'].map(insertInstance));
		await damage(database, 'instances', 'webhook_secret', `id = 'b'`);
		const told: string[] = [];
		const read = () =>
			database.all(`SELECT ${openOrNull('instances.webhook_secret')} FROM instances ORDER BY id`);
		expect(read()).toEqual([
			{ webhook_secret: 'secret of a' },
			{ webhook_secret: null },
			{ webhook_secret: 'secret of c' },
		]);
		database.damaged.watch((column) => told.push(column));
		read();
		expect(told).toEqual(['instances.webhook_secret']);
	});

	test('nothing opened is left to temporary files', () => {
		expect(database.get('PRAGMA temp_store')).toEqual({ temp_store: 2 });
	});
});
