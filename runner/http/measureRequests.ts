import type { FastifyInstance } from 'fastify';
import type { HttpParts } from './HttpParts';

/** Counts and times every answer by its route pattern: never by a URL, which may hold an id. */
export function measureRequests(server: FastifyInstance, { metrics, logger }: HttpParts): void {
	server.addHook('onResponse', async (request, reply) => {
		const route = request.routeOptions.url ?? 'unknown';
		const { method } = request;
		const status = reply.statusCode;
		metrics.httpDuration.observe({ method, route, status }, reply.elapsedTime / 1000);
		logger.debug({ method, route, status, ms: Math.round(reply.elapsedTime) }, 'Answered');
	});
}
