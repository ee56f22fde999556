import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../ApiError';
import { toKeyHash } from '../instances/apiKey';
import { authenticateAdmin, authenticateInstance } from './authenticate';
import type { HttpParts } from './HttpParts';

/** Before a body is read: is the runner there for it, is the request sound, may the caller do it. */
export function guardRequests(server: FastifyInstance, parts: HttpParts): void {
	const { instances, readiness } = parts;
	const doorkeeper = { instances, adminKeyHash: toKeyHash(parts.adminKey) };

	server.decorateRequest('instance', undefined);
	server.addHook('onRequest', async (request) => {
		refuseMissingHost(request);
		const access = request.routeOptions.config.access;
		if (access === undefined || access === 'public') return;
		if (readiness.phase !== 'ready') throw new ApiError(`runner_${readiness.phase}`);
		if (access === 'admin') authenticateAdmin(doorkeeper, request.headers);
		else request.instance = authenticateInstance(doorkeeper, request.headers);
	});
	server.addHook('onSend', async (_request, reply) => {
		void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
		// A connection that stays open would hold up the end of the server.
		if (readiness.phase === 'stopping') void reply.header('connection', 'close');
	});
}

/** HTTP/1.1 demands it (RFC 9112, 3.2). Node would refuse it too, but with an empty body. */
function refuseMissingHost({ raw }: FastifyRequest): void {
	if (raw.httpVersion === '1.1' && raw.headers.host === undefined) {
		throw new ApiError('malformed_request', 'Send a Host header.');
	}
}
