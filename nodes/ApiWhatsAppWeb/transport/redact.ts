import { ApiFailure } from './ApiFailure';

/** Shorter values, such as `true` or an event's name, are no secrets and would tear words apart. */
const MIN_SECRET_LENGTH = 6;

/** Takes what was sent (key, number, text) out of an error, should the server have quoted it. */
export function redact(
	failure: ApiFailure,
	sent: { apiKey: string; body?: Record<string, unknown> },
): ApiFailure {
	const values = [sent.apiKey, ...toLeaves(sent.body ?? {})]
		.filter((value): value is string => typeof value === 'string')
		.filter((value) => value.length >= MIN_SECRET_LENGTH);
	const hide = (text: string) => values.reduce((rest, value) => rest.replaceAll(value, '…'), text);
	return new ApiFailure(hide(failure.message), { ...failure, hint: hide(failure.hint) });
}

function toLeaves(value: unknown): unknown[] {
	if (typeof value !== 'object' || value === null) return [value];
	return Object.values(value).flatMap(toLeaves);
}
