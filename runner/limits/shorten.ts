import { clip } from './clip';

interface Limits {
	/** UTF-16 code units of each text. */
	maxLength: number;
	/** Entries of each list. */
	maxItems: number;
}

/** The same value with no text and no list longer than allowed, however deep they are; bytes stay as they are. */
export function shorten<T>(value: T, limits: Limits): T;
export function shorten(value: unknown, limits: Limits): unknown {
	if (typeof value === 'string') return clip(value, limits.maxLength);
	if (Array.isArray(value)) {
		return value.slice(0, limits.maxItems).map((item: unknown) => shorten(item, limits));
	}
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, field]: [string, unknown]) => [key, shorten(field, limits)]),
	);
}
