import { SEALED_TABLES, type SealedTable } from '../storage/encryption/sealedColumns';
import type { SealedAs } from './BackupRecord';

/** Where everything of an instance is, whatever the schema adds later. */
export interface InstanceTable {
	name: string;
	/** The column that says whose row it is. */
	owner: string;
	columns: string[];
	/** The columns that are stored sealed. */
	sealed: SealedAs;
}

/** Reads rows of any database, opened as one likes. */
export type ReadRows = (sql: string, ...params: string[]) => Array<Record<string, unknown>>;

/** Files belong to whoever keeps them, and go along only when they are wanted. */
export const FILE_TABLES: readonly string[] = ['media_references'];

const OWNER = 'instance_id';

/** The tables with rows of instances, each before those that refer to it. */
export function listInstanceTables(read: ReadRows): InstanceTable[] {
	return listTables(read).flatMap((name) => {
		const columns = read('SELECT name FROM pragma_table_info(?) ORDER BY cid', name).map((row) =>
			String(row.name),
		);
		const owner = name === 'instances' ? 'id' : OWNER;
		if (!columns.includes(owner)) return [];
		return [{ name, owner, columns, sealed: toSealed(name) }];
	});
}

/** All tables, in the order in which they were made. */
export function listTables(read: ReadRows): string[] {
	const sql = `SELECT name FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY rowid`;
	return read(sql).map(({ name }) => String(name));
}

/** SQL for the values of a table's columns, sealed ones opened. */
export function toSelection({ columns, sealed }: InstanceTable): string {
	return columns
		.map((column) => {
			const as = sealed[column];
			return as ? `open(${[column, `'${as.name}'`, ...as.row].join(', ')}) AS ${column}` : column;
		})
		.join(', ');
}

/** SQL that puts a row in, its values given in the order of the columns. */
export function toInsertion(table: Pick<InstanceTable, 'name' | 'columns' | 'sealed'>): string {
	const { name, columns, sealed } = table;
	const markOf = (column: string) => `?${columns.indexOf(column) + 1}`;
	const values = columns.map((column) => {
		const as = sealed[column];
		return as
			? `seal(${[markOf(column), `'${as.name}'`, ...as.row.map(markOf)].join(', ')})`
			: markOf(column);
	});
	return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

function toSealed(table: string): SealedAs {
	const spec = (SEALED_TABLES as Readonly<Record<string, SealedTable>>)[table];
	if (!spec) return {};
	const entries = spec.columns.map((column) => [
		column,
		{ name: spec.names?.[column] ?? `${table}.${column}`, row: spec.row },
	]);
	return Object.fromEntries(entries) as SealedAs;
}
