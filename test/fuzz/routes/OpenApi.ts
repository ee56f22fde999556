import type { RouteName } from '../../../contract';
import type { Schema } from '../arbitraries/toArbitrary';

/** What the API's own document says of a route. */
export interface Operation {
	readonly query: Schema;
	readonly body: Schema | undefined;
	/** Whether it takes multipart forms as well. */
	readonly takesForms: boolean;
	/** Media types of its answers, by status. */
	readonly responses: Readonly<Record<string, readonly string[]>>;
}

interface Parameter {
	in: string;
	name: string;
	required?: boolean;
	schema: Schema;
}

interface Described {
	operationId: RouteName;
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Reads `/openapi.json`. */
export function readOpenApi(document: {
	paths: Record<string, Record<string, Described>>;
}): Record<RouteName, Operation> {
	const described = Object.values(document.paths).flatMap((path) => Object.values(path));
	return Object.fromEntries(
		described.map((operation) => [operation.operationId, toOperation(operation)]),
	) as Record<RouteName, Operation>;
}

function toOperation({ parameters = [], requestBody, responses }: Described): Operation {
	const query = parameters.filter((parameter) => parameter.in === 'query');
	const content = requestBody?.content ?? {};
	return {
		query: {
			type: 'object',
			properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
			required: query.filter(({ required }) => required).map(({ name }) => name),
		},
		body: Object.values(content)[0]?.schema,
		takesForms: 'multipart/form-data' in content,
		responses: Object.fromEntries(
			Object.entries(responses).map(([status, response]) => [
				status,
				Object.keys(response.content ?? {}),
			]),
		),
	};
}
