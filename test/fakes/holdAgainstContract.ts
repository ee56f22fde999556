import type { RouteName } from '../../contract';
import type { SeenRequest } from './HttpFake';
import { BODY_SHAPES, FILE_FIELDS, QUERIES } from './requestShapes';
import { findFault } from './shape';

/** What in a request the contract does not know; undefined when it is as documented. */
export function findViolation(name: RouteName, request: SeenRequest): string | undefined {
	const { query, file } = request;
	const allowed = QUERIES[name];
	const parameter = [...query.keys()].find((key) => allowed?.includes(key) !== true);
	if (parameter !== undefined && name !== 'getQr') return `the query parameter ${parameter}`;
	if (file && file.field !== FILE_FIELDS[name]) return `the file ${file.field}`;
	const shape = BODY_SHAPES[name];
	if (shape) return findFault(toBody(request), shape);
	const isFree = ['createInstance', 'setWebhook', 'pairingCode'].includes(name);
	return request.body === undefined || isFree ? undefined : 'a body';
}

/** A form's fields in the types that JSON would have, its file as the field it stands for. */
export function toBody({ body, file }: SeenRequest): unknown {
	if (!file) return body;
	const fields = Object.entries(body as Record<string, string>).map(([name, text]) => [
		name,
		name === 'mentions' && text !== 'all'
			? text.split(',')
			: /^(true|false)$/.test(text)
				? text === 'true'
				: text,
	]);
	return { ...(Object.fromEntries(fields) as object), [file.field]: file.name };
}
