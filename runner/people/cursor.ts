import { ApiError } from '../ApiError';

/** The place in a list after which the next page begins, as an opaque text. */
export function toCursor(key: string | number, id: string): string {
	return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** Throws `invalid_query` for what `toCursor` has not made. */
export function readCursor(cursor: string, type: 'string'): [string, string];
export function readCursor(cursor: string, type: 'number'): [number, string];
export function readCursor(cursor: string, type: 'string' | 'number'): unknown[] {
	const place = parse(Buffer.from(cursor, 'base64url').toString());
	const [key, id] = (Array.isArray(place) ? place : []) as unknown[];
	if (typeof key === type && typeof id === 'string') return [key, id];
	throw new ApiError('invalid_query', 'Give before as it stood in next of the page before.');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
