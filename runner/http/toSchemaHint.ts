import type { FastifySchemaValidationError } from 'fastify';

/** As much of a caller's own field name as an answer repeats. */
const MAX_NAME_LENGTH = 60;

/** Says which field breaks its schema, and what it should be, in plain words. */
export function toSchemaHint([violation]: FastifySchemaValidationError[]): string {
	if (!violation) return 'Compare it with the documentation of this route.';
	const { keyword, instancePath, params } = violation;
	const field = toFieldName(instancePath);
	switch (keyword) {
		case 'required':
			return `${toFieldName(`${instancePath}/${String(params.missingProperty)}`)} is missing.`;
		case 'additionalProperties':
			return `${toFieldName(`${instancePath}/${String(params.additionalProperty)}`)} is not known here.`;
		case 'type':
			return `${field} must be ${toTypeNames(params.type)}.`;
		case 'enum':
			return `${field} must be one of ${toList(params.allowedValues)}.`;
		case 'minLength':
		case 'minItems':
			return `${field} must have at least ${String(params.limit)} ${keyword === 'minItems' ? 'entries' : 'characters'}.`;
		case 'maxLength':
		case 'maxItems':
			return `${field} must have at most ${String(params.limit)} ${keyword === 'maxItems' ? 'entries' : 'characters'}.`;
		case 'minimum':
			return `${field} must be at least ${String(params.limit)}.`;
		case 'maximum':
			return `${field} must be at most ${String(params.limit)}.`;
		case 'uniqueItems':
			return `${field} must not name anything twice.`;
		case 'pattern':
			return `${field} has characters that are not allowed here, or none that can be seen.`;
		case 'format':
			return `${field} must be a ${String(params.format)} such as 2026-01-31T12:00:00Z.`;
		default:
			return `${field} has a form that is not allowed here.`;
	}
}

/** `/events/0` becomes `events[0]`. */
function toFieldName(pointer: string): string {
	const steps = pointer.split('/').slice(1);
	if (steps.length === 0) return 'The body';
	const name = steps
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.reduce(
			(path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step),
			'',
		);
	return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'a JSON object',
	array: 'a list',
	null: 'null',
};

function toTypeNames(type: unknown): string {
	const names = (Array.isArray(type) ? type : String(type).split(',')).map(String);
	return names.map((name) => TYPE_NAMES[name] ?? name).join(' or ');
}

function toList(values: unknown): string {
	return Array.isArray(values) ? values.map(String).join(', ') : 'the documented values';
}
