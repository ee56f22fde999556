import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type Context, type Sealer, UnopenableError } from './Sealer.ts';

/**
 * Gives a connection's SQL the functions `seal`, `open` and `reseal` (value, column, …row): texts and
 * bytes stay what they are, null stays null. Sealing within SQL has two merits: it is done in the
 * thread that waits for the disk anyway, and names can be sorted and merged as if they were plain.
 * What does not open ends the statement that wants it opened, but for `open_or_null`: there it is null,
 * and told of.
 */
export function addSealing(
	database: DatabaseSync,
	sealer: Sealer,
	onUnopenable?: (context: Context) => void,
): void {
	const options = { varargs: true, directOnly: true };
	database.function('seal', options, (value, ...context) => {
		if (value === null) return null;
		return sealer.seal(typeof value === 'string' ? value : toBytes(value), toContext(context));
	});
	database.function('open', options, (value, ...context) =>
		value === null ? null : sealer.open(toBytes(value), toContext(context)),
	);
	database.function('open_or_null', options, (value, ...context) => {
		if (value === null) return null;
		return orElse(
			() => sealer.open(toBytes(value), toContext(context)),
			() => {
				onUnopenable?.(toContext(context));
				return null;
			},
		);
	});
	database.function('reseal', options, (value, ...context) => {
		if (value === null) return null;
		// What does not open now will not do so later: it stays as it is, for whoever mends it.
		return orElse(
			() => sealer.reseal(toBytes(value), toContext(context)),
			() => toBytes(value),
		);
	});
	// Sorting opened names must not leave them in a temporary file.
	database.exec('PRAGMA temp_store = MEMORY');
}

function orElse<T>(work: () => T, whenUnopenable: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof UnopenableError) return whenUnopenable();
		throw error;
	}
}

function toBytes(value: SQLOutputValue): Uint8Array {
	if (typeof value === 'object' && value !== null) return value;
	throw new TypeError('only texts and bytes can be sealed, and only bytes opened');
}

function toContext(values: readonly SQLOutputValue[]): Context {
	return values.map((value) => (typeof value === 'number' ? value : String(value)));
}
