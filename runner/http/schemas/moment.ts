/**
 * A time in a query or a body. The pattern is there for what the format lets pass and `Date.parse` does
 * not know: leap seconds, and offsets without minutes.
 */
export const MOMENT = {
	type: 'string',
	format: 'date-time',
	pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:?\\d\\d)$',
	maxLength: 40,
} as const;
