import type { FastifySchemaValidationError } from 'fastify';
import { ERRORS, toErrorBody, type ErrorBody, type ErrorCode } from '../../contract';
import { ApiError } from '../ApiError';
import { DamagedFileError } from '../media/sealed/DamagedFileError';
import { StorageError } from '../storage/StorageError';
import { toSchemaHint } from './toSchemaHint';

export interface ErrorResponse {
	status: number;
	headers: Record<string, string>;
	body: ErrorBody;
}

/** The parts of Fastify's own errors that are looked at. */
interface ForeignError {
	code?: unknown;
	statusCode?: unknown;
	validation?: FastifySchemaValidationError[];
	validationContext?: string;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
	FST_ERR_NOT_FOUND: 'route_not_found',
	FST_ERR_MAX_PARAM_LENGTH: 'route_not_found',
};

const INVALID_PART: Readonly<Record<string, ErrorCode>> = {
	body: 'invalid_body',
	querystring: 'invalid_query',
	headers: 'invalid_header',
	// The only parameter that has a schema worth failing is the name of an event.
	params: 'unknown_event',
};

const DAMAGED =
	'The file was damaged on the disk of the session runner: check that disk, and restore the data folder from a backup.';

/** Seconds after which it is worth trying again. */
const RETRY_AFTER_S: Partial<Record<ErrorCode, number>> = {
	rate_limited: 30,
	runner_starting: 2,
	runner_stopping: 5,
	engine_down: 10,
	storage_unavailable: 10,
};

/** The one door out: every error, ours or a library's, becomes a row of the error table. */
export function toErrorResponse(error: unknown): ErrorResponse {
	if (error instanceof ApiError) return toResponse(error.code, error.hint);
	if (error instanceof StorageError) return toResponse('storage_unavailable');
	if (error instanceof DamagedFileError) return toResponse('storage_unavailable', DAMAGED);
	const { code, statusCode, validation, validationContext } = toForeignError(error);
	if (validation) {
		const part = INVALID_PART[validationContext ?? 'body'] ?? 'invalid_body';
		return toResponse(part, part === 'unknown_event' ? undefined : toSchemaHint(validation));
	}
	const known = typeof code === 'string' ? CODES[code] : undefined;
	if (known) return toResponse(known);
	const isCallersFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
	return toResponse(isCallersFault ? 'malformed_request' : 'internal_error');
}

function toResponse(code: ErrorCode, hint?: string): ErrorResponse {
	const retryAfterS = RETRY_AFTER_S[code];
	return {
		status: ERRORS[code].status,
		headers: retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) },
		body: toErrorBody(code, hint),
	};
}

function toForeignError(error: unknown): ForeignError {
	return typeof error === 'object' && error !== null ? error : {};
}
