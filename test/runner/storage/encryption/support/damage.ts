import type { Database } from '../../../../../runner/storage/Database';

/** Flips the last bit of what is stored in a sealed column, in every row or in those of `where`. */
export async function damage(
	database: Database,
	table: string,
	column: string,
	where = 'true',
): Promise<void> {
	const rows = database.all<{ place: number; value: Uint8Array }>(
		`SELECT rowid AS place, ${column} AS value FROM ${table}
		WHERE ${column} IS NOT NULL AND ${where}`,
	);
	if (rows.length === 0) throw new Error(`There is nothing to damage in ${table}.${column}.`);
	await database.write(
		rows.map(({ place, value }) => ({
			sql: `UPDATE ${table} SET ${column} = ? WHERE rowid = ?`,
			params: [toDamaged(value), place],
		})),
	);
}

function toDamaged(value: Uint8Array): Uint8Array {
	const bytes = Uint8Array.from(value);
	bytes[bytes.length - 1]! ^= 1;
	return bytes;
}
