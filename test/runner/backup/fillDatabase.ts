import { listInstanceTables, toInsertion } from '../../../runner/backup/instanceTables';
import type { Database } from '../../../runner/storage/Database';
import type { SqlValue } from '../../../runner/storage/Statement';

/** What columns hold that not every text will do for. */
const MEANINGFUL: Record<string, SqlValue> = {
	upload: null,
	state: 'pending',
	sha256: 'a'.repeat(64),
	reason: 'logged_out',
};

/** Puts two rows of an instance, or the one it can have, into every table that has such. */
export async function fillDatabase(
	database: Database,
	instanceId: string,
	firstSeq = 100,
): Promise<void> {
	const read = (sql: string, ...params: string[]) => database.all(sql, ...params);
	for (const table of listInstanceTables(read)) {
		const info = database.all<{ name: string; type: string; pk: number }>(
			'SELECT name, type, pk FROM pragma_table_info(?)',
			table.name,
		);
		const key = info.filter(({ pk }) => pk > 0).map(({ name }) => name);
		const count = key.length === 1 && key[0] === table.owner ? 1 : 2;
		const statements = Array.from({ length: count }, (_, n) => ({
			sql: toInsertion(table),
			params: table.columns.map((column): SqlValue => {
				if (column === table.owner) return instanceId;
				if (column === 'seq') return firstSeq + n;
				if (column === 'event_id') return `${instanceId} events.id ${n}`;
				if (column === 'subscription_id') return `${instanceId} subscriptions.id ${n}`;
				if (column in MEANINGFUL && column !== 'sha256') return MEANINGFUL[column] ?? null;
				if (column === 'sha256') return String(n).repeat(64);
				const type = info.find(({ name }) => name === column)?.type;
				if (type === 'INTEGER') return n + 1;
				const text = `${instanceId} ${table.name}.${column} ${n}`;
				return type === 'BLOB' && !table.sealed[column] ? new TextEncoder().encode(text) : text;
			}),
		}));
		await database.write(statements);
	}
}

/** Every row of an instance with its sealed values opened, `seq` left out, in a fixed order. */
export function readInstance(database: Database, instanceId: string): Record<string, string[]> {
	const read = (sql: string, ...params: string[]) => database.all(sql, ...params);
	const entries = listInstanceTables(read).map(({ name, owner, columns, sealed }) => {
		const selection = columns
			.filter((column) => column !== 'seq')
			.map((column) => {
				const as = sealed[column];
				return as ? `open(${[column, `'${as.name}'`, ...as.row].join(', ')})` : column;
			});
		const rows = database.all(
			`SELECT json_array(${selection.map((value) => `CASE typeof(${value}) WHEN 'blob' THEN hex(${value}) ELSE ${value} END`).join(', ')}) AS row
			FROM ${name} WHERE ${owner} = ?`,
			instanceId,
		);
		return [name, rows.map(({ row }) => String(row)).sort()];
	});
	return Object.fromEntries(entries) as Record<string, string[]>;
}
