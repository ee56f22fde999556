import { ApiError } from '../../ApiError';
import { toTooLarge } from '../../media/writeHashed';

/** What the parser of forms refuses, and what it is that the caller should do instead. */
const HINTS: Readonly<Record<string, string>> = {
	FST_FILES_LIMIT: 'Send one file.',
	FST_FIELDS_LIMIT: 'The form has too many fields.',
	FST_PARTS_LIMIT: 'The form has too many parts.',
	FST_PROTO_VIOLATION: 'The form has a field with a name that is not allowed.',
	FST_INVALID_JSON_FIELD_ERROR: 'A field of the form is not the JSON it says it is.',
};

/** Errors of the parser itself have no code. */
const BROKEN_FORM = /multipart|needle/i;

const TOO_LARGE = ['FST_ERR_CTP_BODY_TOO_LARGE', 'FST_REQ_FILE_TOO_LARGE'];

/** An error of a route that takes files, as a row of the error table; what is none stays as it is. */
export function toUploadError(error: unknown, maxFileBytes: number): unknown {
	const { code, message } = error as { code?: unknown; message?: unknown };
	if (typeof code !== 'string') return isBrokenForm(message) ? toBrokenForm() : error;
	if (TOO_LARGE.includes(code)) return toTooLarge(maxFileBytes);
	const hint = HINTS[code];
	return hint === undefined ? error : new ApiError('invalid_body', hint);
}

const isBrokenForm = (message: unknown): boolean =>
	typeof message === 'string' && BROKEN_FORM.test(message);

function toBrokenForm(): ApiError {
	return new ApiError(
		'malformed_request',
		'The form ends early, or is divided otherwise than its Content-Type says.',
	);
}
