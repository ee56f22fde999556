/**
 * Reads the format in which n8n stores what a run produced: a JSON array of values in which every
 * string inside an object or array is the index of the value that stands there.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const seen = new Map<string, unknown>();
	const resolve = (index: unknown): unknown => {
		if (typeof index !== 'string') return index;
		if (seen.has(index)) return seen.get(index);
		const value = values[Number(index)];
		if (typeof value !== 'object' || value === null) return value;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		seen.set(index, copy);
		return Object.assign(
			copy,
			Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)])),
		);
	};
	return resolve('0');
}
