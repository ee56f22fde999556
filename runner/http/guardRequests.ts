import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../ApiError';
import { toKeyHash } from '../instances/apiKey';
import { authenticateAdmin, authenticateInstance } from './authenticate';
import type { HttpParts } from './HttpParts';
import { SECURITY_HEADERS } from './securityHeaders';
import { WrongKeys } from './WrongKeys';

/** Before a body is read: is the runner there for it, is the request sound, may the caller do it. */
export function guardRequests(server: FastifyInstance, parts: HttpParts): void {
	const { instances, readiness } = parts;
	const doorkeeper = {
		instances,
		adminKeyHash: toKeyHash(parts.adminKey),
		wrongKeys: new WrongKeys(() => performance.now()),
	};

	server.decorateRequest('instance', undefined);
	server.addHook('onRequest', async (request) => {
		refuseMissingHost(request);
		refuseCompressed(request);
		const access = request.routeOptions.config.access;
		if (access === undefined || access === 'public') return;
		if (readiness.phase !== 'ready') throw new ApiError(`runner_${readiness.phase}`);
		// What a proxy says of the caller could be said by the caller as well.
		const caller = { address: request.socket.remoteAddress ?? '', headers: request.headers };
		if (access === 'admin') authenticateAdmin(doorkeeper, caller);
		else request.instance = authenticateInstance(doorkeeper, caller);
	});
	server.addHook('onSend', async (_request, reply) => {
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
			// A route that serves something else than data knows better.
			if (!reply.hasHeader(name)) void reply.header(name, value);
		}
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

/** A few compressed bytes can become any number; nobody who sends JSON or files needs it. */
function refuseCompressed({ headers }: FastifyRequest): void {
	const encoding = headers['content-encoding'] ?? 'identity';
	if (encoding.toLowerCase() !== 'identity') {
		throw new ApiError('unsupported_media_type', 'Send the body without Content-Encoding.');
	}
}
