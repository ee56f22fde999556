import type { Database } from '../../../../../runner/storage/Database';
import {
	opened,
	seal,
	SEALED_TABLES,
	type SealedColumn,
	type SealedTable,
} from '../../../../../runner/storage/encryption/sealedColumns';
import type { SqlValue, Statement } from '../../../../../runner/storage/Statement';

interface Column extends Record<string, SqlValue> {
	name: string;
	type: string;
}

/** Others refer to these. */
const FIRST = ['instances', 'events', 'subscriptions'];

/**
 * Puts rows into every table that has sealed columns, and an instance `a` that nothing belongs to.
 * Resolves to a check that all of it is there and can be read.
 */
export async function fillEveryTable(
	database: Database,
	{ rows }: { rows: number },
): Promise<(database: Database) => void> {
	const names = Object.keys(SEALED_TABLES).sort((a, b) => rank(a) - rank(b));
	const numbers = Array.from({ length: rows }, (_, n) => n);
	for (const table of names) {
		const columns = database.all<Column>('SELECT name, type FROM pragma_table_info(?)', table);
		await database.write(numbers.map((n) => toInsertion(table, columns, n)));
	}
	await database.write([toInstance()]);
	return (reopened) => names.forEach((table) => check(reopened, table, rows));
}

function rank(table: string): number {
	const place = FIRST.indexOf(table);
	return place < 0 ? FIRST.length : place;
}

function toInsertion(table: string, columns: readonly Column[], n: number): Statement {
	const { columns: sealed, row } = specOf(table);
	const marks = new Map(columns.map(({ name }, index) => [name, `?${index + 1}`]));
	const values = columns.map(({ name }) => {
		const mark = marks.get(name) ?? '';
		if (!sealed.includes(name)) return mark;
		return seal(
			`${table}.${name}` as SealedColumn,
			mark,
			...row.map((column) => marks.get(column) ?? ''),
		);
	});
	const list = columns.map(({ name }) => name).join(', ');
	return {
		sql: `INSERT INTO ${table} (${list}) VALUES (${values.join(', ')})`,
		params: columns.map(({ name, type }) => toValue(table, { name, type }, n)),
	};
}

function toValue(table: string, { name, type }: Column, n: number): SqlValue {
	if (specOf(table).columns.includes(name)) return `${table}.${name} ${n}`;
	if (['instance_id', 'event_id', 'subscription_id'].includes(name)) return `id ${n}`;
	return type === 'INTEGER' ? n : `${name} ${n}`;
}

function toInstance(): Statement {
	return {
		sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
			VALUES ('a', 'a', 'a', ${seal('instances.webhook_secret', `'secret'`, `'a'`)}, 0, 'unlinked', 0)`,
		params: [],
	};
}

function check(database: Database, table: string, rows: number): void {
	for (const column of specOf(table).columns) {
		const plain = opened(`${table}.${column}` as SealedColumn);
		const rowsFound = database.all<{ value: string | null }>(
			`SELECT ${plain} AS value FROM ${table}`,
		);
		const values = new Set(rowsFound.map(({ value }) => value));
		const missing = Array.from({ length: rows }, (_, n) => `${table}.${column} ${n}`).filter(
			(value) => !values.has(value),
		);
		expect(missing).toEqual([]);
	}
}

function specOf(table: string): SealedTable {
	return SEALED_TABLES[table as keyof typeof SEALED_TABLES];
}
