import type {
	FastifyInstance,
	FastifyReply,
	FastifyRequest,
	FastifySchema,
	preValidationHookHandler,
} from 'fastify';
import { ROUTES, type RouteName } from '../../contract';
import { ERROR_RESPONSES } from './schemas/errors';

/** The types of a route's inputs, as its schema has checked them. */
export interface RouteInputs {
	Body?: unknown;
	Params?: unknown;
	Querystring?: unknown;
	Headers?: unknown;
}

export interface RouteOptions<Inputs extends RouteInputs> {
	schema: Pick<
		FastifySchema,
		'body' | 'params' | 'querystring' | 'headers' | 'response' | 'consumes'
	>;
	/** Query parameters that are whole numbers: a query string knows texts only. */
	integerQuery?: readonly string[];
	/** Bytes, where the server's limit for JSON is too small. */
	bodyLimit?: number;
	/** Its requests may take as long as their bytes keep coming. */
	takesUploads?: boolean;
	/** Before the body is held against the schema: makes a body of what is not JSON. */
	preValidation?: (request: FastifyRequest) => Promise<void>;
	/** The tag that groups it in the OpenAPI document. */
	tag: string;
	handler: (
		request: FastifyRequest<{
			Body: Inputs['Body'];
			Params: Inputs['Params'];
			Querystring: Inputs['Querystring'];
			Headers: Inputs['Headers'];
		}>,
		reply: FastifyReply,
	) => unknown;
}

const SECURITY = {
	public: [],
	admin: [{ apiKey: [] }],
	instance: [{ apiKey: [], instanceId: [] }],
};

/** Serves a route of the contract: its method, path, access and summary come from there. */
export function addRoute<Inputs extends RouteInputs>(
	server: FastifyInstance,
	name: RouteName,
	{
		schema,
		integerQuery = [],
		bodyLimit,
		takesUploads = false,
		preValidation,
		tag,
		handler,
	}: RouteOptions<Inputs>,
): void {
	const { method, path, access, summary } = ROUTES[name];
	server.route<{
		Body: Inputs['Body'];
		Params: Inputs['Params'];
		Querystring: Inputs['Querystring'];
		Headers: Inputs['Headers'];
	}>({
		method,
		url: path,
		config: { access, takesUploads },
		schema: {
			...schema,
			operationId: name,
			summary,
			tags: [tag],
			security: SECURITY[access],
			response: { ...ERROR_RESPONSES, ...(schema.response as object) },
		},
		...(bodyLimit === undefined ? {} : { bodyLimit }),
		preValidation: preValidation ?? toIntegers(integerQuery),
		handler,
	});
}

function toIntegers(names: readonly string[]): preValidationHookHandler {
	return (request, _reply, done) => {
		const query = request.query as Record<string, unknown>;
		for (const name of names) {
			const value = query[name];
			if (typeof value === 'string' && /^\d{1,9}$/.test(value)) query[name] = Number(value);
		}
		done();
	};
}
