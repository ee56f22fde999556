import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { ERROR_SCHEMA } from './schemas/errors';

/** Makes the OpenAPI document of the routes that are added afterwards. */
export function describeApi(server: FastifyInstance, version: string): void {
	server.addSchema(ERROR_SCHEMA);
	server.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'API WhatsApp Web, session runner',
				description: 'Every error has the body `{ error, code, hint }`. JSON bodies may have 1 MB.',
				version,
			},
			components: {
				securitySchemes: {
					apiKey: {
						type: 'apiKey',
						in: 'header',
						name: 'apiKey',
						description: 'The key of the instance or the admin key, with or without `Bearer`.',
					},
					instanceId: {
						type: 'apiKey',
						in: 'header',
						name: 'id',
						description: 'The id of the instance.',
					},
				},
			},
		},
		refResolver: {
			buildLocalReference: (schema, _baseUri, _fragment, index) =>
				typeof schema.$id === 'string' ? schema.$id : `schema-${index}`,
		},
	});
}
