import type { Database } from '../../../../../runner/storage/Database';
import { SEALED_TABLES } from '../../../../../runner/storage/encryption/sealedColumns';
import type { SqlValue } from '../../../../../runner/storage/Statement';

/** Flips the last bit of what is stored in a sealed column, in every row or in those of `where`. */
export async function damage(
	database: Database,
	table: keyof typeof SEALED_TABLES,
	column: string,
	where = 'true',
): Promise<void> {
	const { key } = SEALED_TABLES[table];
	const rows = database.all<Record<string, SqlValue>>(
		`SELECT ${key.join(', ')}, ${column} AS damaged FROM ${table}
		WHERE ${column} IS NOT NULL AND ${where}`,
	);
	if (rows.length === 0) throw new Error(`There is nothing to damage in ${table}.${column}.`);
	await database.write(
		rows.map((row) => ({
			sql: `UPDATE ${table} SET ${column} = ?
				WHERE ${key.map((name) => `${name} = ?`).join(' AND ')}`,
			params: [toDamaged(row.damaged as Uint8Array), ...key.map((name) => row[name] ?? null)],
		})),
	);
}

function toDamaged(value: Uint8Array): Uint8Array {
	const bytes = Uint8Array.from(value);
	bytes[bytes.length - 1]! ^= 1;
	return bytes;
}
