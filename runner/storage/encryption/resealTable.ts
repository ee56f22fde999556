import type { Database } from '../Database';
import type { SqlValue, Statement } from '../Statement';
import { reseal, SEALED_TABLES, type SealedColumn, type SealedTable } from './sealedColumns';

/** So many rows at once: a few milliseconds of the writer's time, in which messages wait. */
const ROWS_AT_ONCE = 200;

export type TableName = keyof typeof SEALED_TABLES;

/** A row's place in the order in which its table is walked through. */
type Place = SqlValue[];

/**
 * Seals anew, some rows after the other, whatever in a table is not sealed with the active key; calls
 * `pause` after each lot. Resolves to the number of rows that were found so.
 */
export async function resealTable(
	database: Database,
	table: TableName,
	pause: () => Promise<void>,
): Promise<number> {
	let found = 0;
	for (let after: Place | undefined; ;) {
		const until = findPlace(database, table, after);
		if (!until) return found;
		const where = toStaleRows({ table, after, until, activeId: database.keyIds.active });
		const stale = countRows(database, table, where);
		if (stale > 0) {
			await database.write([toUpdate(table, where)]);
			// Damaged values stay, and do not count: there is nothing to be found in them ever again.
			found += stale - countRows(database, table, where);
		}
		await pause();
		after = until;
	}
}

function countRows(
	database: Database,
	table: TableName,
	where: { sql: string; params: SqlValue[] },
): number {
	const sql = `SELECT count(*) AS count FROM ${table} WHERE ${where.sql}`;
	return database.get<{ count: number }>(sql, ...where.params)?.count ?? 0;
}

/** The place of the last row of the next lot; undefined when there is none. */
function findPlace(database: Database, table: TableName, after?: Place): Place | undefined {
	const key = keyOf(table).map((column, index) => `${column} AS k${index}`);
	const order = (direction: string) => key.map((_, index) => `k${index} ${direction}`).join(', ');
	const from = after ? ` WHERE ${toRow(keyOf(table))} > ${toMarks(after)}` : '';
	const row = database.get(
		`SELECT * FROM (SELECT ${key.join(', ')} FROM ${table}${from}
			ORDER BY ${order('ASC')} LIMIT ${ROWS_AT_ONCE}) ORDER BY ${order('DESC')} LIMIT 1`,
		...(after ?? []),
	);
	return row && key.map((_, index) => row[`k${index}`] ?? null);
}

/** Rows of a lot that hold something sealed with another key: its id follows the first byte. */
function toStaleRows(lot: {
	table: TableName;
	after: Place | undefined;
	until: Place;
	activeId: number;
}): { sql: string; params: SqlValue[] } {
	const { table, after, until, activeId } = lot;
	const id = Buffer.alloc(4);
	id.writeUInt32BE(activeId);
	const row = toRow(keyOf(table));
	const columns = SEALED_TABLES[table].columns.map((column) => `substr(${column}, 2, 4) <> ?`);
	return {
		sql: [
			...(after ? [`${row} > ${toMarks(after)}`] : []),
			`${row} <= ${toMarks(until)}`,
			`(${columns.join(' OR ')})`,
		].join(' AND '),
		params: [...(after ?? []), ...until, ...columns.map(() => new Uint8Array(id))],
	};
}

function toUpdate(table: TableName, where: { sql: string; params: SqlValue[] }): Statement {
	const set = SEALED_TABLES[table].columns.map(
		(column) => `${column} = ${reseal(`${table}.${column}` as SealedColumn)}`,
	);
	return { sql: `UPDATE ${table} SET ${set.join(', ')} WHERE ${where.sql}`, params: where.params };
}

function keyOf(table: TableName): SealedTable['key'] {
	return SEALED_TABLES[table].key;
}

function toRow(columns: readonly string[]): string {
	return `(${columns.join(', ')})`;
}

function toMarks(place: Place): string {
	return `(${place.map(() => '?').join(', ')})`;
}
