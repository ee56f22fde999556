import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ApiError } from '../ApiError';
import { SECURITY_HEADERS } from './securityHeaders';
import { toAllowedMethods } from './toAllowedMethods';
import { toErrorResponse } from './toErrorResponse';

/** Sends every error that arises within a request through the one door out. */
export function answerErrors(server: FastifyInstance, logger: Logger): void {
	server.setErrorHandler((error, request, reply) => {
		const { status } = toErrorResponse(error);
		if (status === 500) {
			logger.error({ route: request.routeOptions.url, err: error }, 'A request failed');
		}
		return sendError(reply, error);
	});
	// Before a body is read: whatever was sent to nowhere, it is nowhere that matters.
	server.addHook('onRequest', async (request, reply) => {
		if (request.is404) return sendNotFound(request, reply);
	});
	// Fastify's own handler would answer in its own words, should a hook ever be passed by.
	server.setNotFoundHandler(sendNotFound);
}

function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const allowed = toAllowedMethods(request.url.split('?', 1)[0] ?? '');
	if (allowed.length === 0) return sendError(reply, new ApiError('route_not_found'));
	void reply.header('allow', allowed.join(', '));
	return sendError(reply, new ApiError('method_not_allowed'));
}

/** Also for what fails before any route is found. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
	const { status, headers, body } = toErrorResponse(error);
	return reply
		.code(status)
		.headers({ ...SECURITY_HEADERS, ...headers })
		.type('application/json; charset=utf-8')
		.send(body);
}
