import type { FastifyInstance } from 'fastify';
import { toErrorBody } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { ALIVE, METRICS_TEXT, OPENAPI_DOCUMENT, READINESS } from '../schemas/operations';

const tag = 'Operation';

/** What whoever runs the runner wants to know of it. Open to all: no secrets, no numbers. */
export function addOperationRoutes(server: FastifyInstance, parts: HttpParts): void {
	const { readiness, metrics, logger, startedAt } = parts;

	addRoute(server, 'livez', {
		tag,
		schema: { response: { 200: ALIVE } },
		handler: (_request, reply) => reply.send({ status: 'alive', startedAt }),
	});

	addRoute(server, 'readyz', {
		tag,
		schema: { response: READINESS },
		handler(_request, reply) {
			const status = readiness.phase;
			const checks = readiness.runChecks((name, error) => {
				logger.warn({ check: name, err: error }, 'A readiness check failed');
			});
			if (status !== 'ready') {
				return reply.code(503).send({ ...toErrorBody(`runner_${status}`), status, checks });
			}
			if (Object.values(checks).includes('failed')) {
				return reply.code(503).send({ ...toErrorBody('storage_unavailable'), status, checks });
			}
			return reply.send({ status, checks, warnings: readiness.warnings() });
		},
	});

	addRoute(server, 'metrics', {
		tag,
		schema: { response: { 200: METRICS_TEXT } },
		handler: async (_request, reply) =>
			reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
	});

	addRoute(server, 'openapi', {
		tag,
		schema: { response: { 200: OPENAPI_DOCUMENT } },
		handler: (_request, reply) => reply.send(server.swagger()),
	});
}
