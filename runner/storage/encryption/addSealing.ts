import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Sealer } from './Sealer.ts';

/**
 * Gives a connection's SQL the functions `seal`, `open` and `reseal` (value, column, …row): texts and
 * bytes stay what they are, null stays null. Sealing within SQL has two merits: it is done in the
 * thread that waits for the disk anyway, and names can be sorted and merged as if they were plain.
 */
export function addSealing(database: DatabaseSync, sealer: Sealer): void {
	const options = { varargs: true, directOnly: true };
	database.function('seal', options, (value, ...context) => {
		if (value === null) return null;
		return sealer.seal(typeof value === 'string' ? value : toBytes(value), toContext(context));
	});
	database.function('open', options, (value, ...context) =>
		value === null ? null : sealer.open(toBytes(value), toContext(context)),
	);
	database.function('reseal', options, (value, ...context) =>
		value === null ? null : sealer.reseal(toBytes(value), toContext(context)),
	);
	// Sorting opened names must not leave them in a temporary file.
	database.exec('PRAGMA temp_store = MEMORY');
}

function toBytes(value: SQLOutputValue): Uint8Array {
	if (typeof value === 'object' && value !== null) return value;
	throw new TypeError('only texts and bytes can be sealed, and only bytes opened');
}

function toContext(values: readonly SQLOutputValue[]): Array<string | number> {
	return values.map((value) => (typeof value === 'number' ? value : String(value)));
}
