import { ERRORS } from '../../../contract';

/** The body of every error answer; shared, so that the OpenAPI document names it once. */
export const ERROR_SCHEMA = {
	$id: 'Error',
	type: 'object',
	required: ['error', 'code', 'hint'],
	properties: {
		error: { type: 'string', description: 'What went wrong.' },
		code: { type: 'string', enum: Object.keys(ERRORS) },
		hint: { type: 'string', description: 'What to do about it.' },
	},
} as const;

/** Every route may answer with an error. */
export const ERROR_RESPONSES = {
	'4xx': { description: 'The call cannot be done as it is.', $ref: 'Error#' },
	'5xx': { description: 'The session runner cannot do it now.', $ref: 'Error#' },
} as const;
