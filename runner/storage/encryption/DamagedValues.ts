import type { Context } from './Sealer';

/** Beyond so many nobody wants to hear of the next one. */
const MAX_KNOWN = 10_000;

/** Values that were left out because they do not open. Each is told of once, however often it is read. */
export class DamagedValues {
	private readonly known = new Set<string>();
	private readonly columns: string[] = [];
	private tell: ((column: string) => void) | undefined;

	get count(): number {
		return this.columns.length;
	}

	/** `context` begins with the column; the rest may be phone numbers, and goes no further. */
	note(context: Context): void {
		const key = JSON.stringify(context);
		if (this.known.has(key) || this.known.size >= MAX_KNOWN) return;
		this.known.add(key);
		const column = String(context[0]);
		this.columns.push(column);
		this.tell?.(column);
	}

	/** Tells of those there are, and of each that is found from now on. */
	watch(tell: (column: string) => void): void {
		this.tell = tell;
		for (const column of this.columns) tell(column);
	}
}
