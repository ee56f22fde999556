import { ERRORS, type ErrorCode } from '../contract';

/**
 * A failure the caller is told about: a row of the error table, and a hint when the place of failure
 * knows a better remedy than the table. Never carries a key, a number or a text.
 */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	constructor(
		readonly code: ErrorCode,
		readonly hint?: string,
	) {
		super(ERRORS[code].error);
	}
}
