import { ApiFailure } from '../transport';
import type { OperationCall } from './Operation';

const ISO_8601 =
	/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads a point in time as ISO 8601 in UTC; undefined when the field is empty. */
export function readTime(call: OperationCall, field: string, label: string): string | undefined {
	const { context, itemIndex } = call;
	const value: unknown = context.getNodeParameter(field, itemIndex, '');
	if (value === '' || value === null || value === undefined) return undefined;
	const time = toTime(call, toText(value));
	if (time !== undefined) return time;
	throw new ApiFailure(`the field “${label}” holds no time`, {
		hint: 'Give a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00.',
	});
}

/** Expressions give texts, dates, or the dates of n8n's own library, Luxon. */
function toText(value: unknown): string {
	if (value instanceof Date) return Number.isNaN(value.valueOf()) ? '' : value.toISOString();
	const { toISO } = value as { toISO?: () => unknown };
	return String(typeof toISO === 'function' ? toISO.call(value) : value).trim();
}

/** What names no zone is meant in the workflow's, in which n8n evaluates expressions. */
function toTime({ context, itemIndex }: OperationCall, text: string): string | undefined {
	if (!ISO_8601.test(text)) return undefined;
	const expression = `{{ DateTime.fromISO('${text.replace(' ', 'T')}').toUTC().toISO() }}`;
	const time: unknown = context.evaluateExpression(expression, itemIndex);
	return typeof time === 'string' ? time : undefined;
}
