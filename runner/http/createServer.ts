import { fastify, type FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { acceptJsonOnly } from './acceptJsonOnly';
import { addAllRoutes } from './addAllRoutes';
import { answerClientError, answerRaw } from './answerClientError';
import { answerEarly } from './answerEarly';
import { answerErrors, sendError } from './answerErrors';
import { describeApi } from './describeApi';
import { guardRequests } from './guardRequests';
import type { HttpParts } from './HttpParts';
import { limitLargeBodies } from './limitLargeBodies';
import { limitRequestTime } from './limitRequestTime';
import { measureRequests } from './measureRequests';

const MAX_JSON_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/** Limits against clients that send slowly or never. No answer takes longer than a 60 s wait for a QR. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Uploads may take this long in all, at a kilobyte per second or faster, pauses included. */
const UPLOAD_TIMEOUT_MS = 600_000;
const UPLOAD_PACE = { idleMs: 30_000, leastBytes: 30 * 1024 };
/** Longer than the pools of common clients, so that it is the client who closes. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const CONNECTION_CHECK_INTERVAL_MS = 2_000;

/** The HTTP API as a server that does not listen yet. */
export function createServer(parts: HttpParts): FastifyInstance {
	const server = fastify({
		logger: false,
		bodyLimit: MAX_JSON_BYTES,
		requestTimeout: UPLOAD_TIMEOUT_MS,
		keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
		return503OnClosing: false,
		http: {
			maxHeaderSize: MAX_HEADER_BYTES,
			headersTimeout: HEADERS_TIMEOUT_MS,
			connectionsCheckingInterval: CONNECTION_CHECK_INTERVAL_MS,
			requireHostHeader: false,
		},
		// No parameter can be longer than the headers may be: it is looked up and not found.
		routerOptions: { maxParamLength: MAX_HEADER_BYTES },
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
		frameworkErrors: (error, _request, reply) => void sendError(reply, error),
		clientErrorHandler: answerClientError,
	});
	const { server: node } = server;
	node.on('connect', (_request, socket: Socket) => {
		answerRaw(socket, 'method_not_allowed', ['allow: GET, POST, PUT, PATCH, DELETE, HEAD']);
	});
	// Node would answer an Expect it does not know with an empty 417; it may as well be ignored.
	node.on('checkExpectation', (request, response) => node.emit('request', request, response));

	acceptJsonOnly(server);
	describeApi(server, parts.version);
	limitRequestTime(server, { totalMs: REQUEST_TIMEOUT_MS, ...UPLOAD_PACE });
	guardRequests(server, parts);
	limitLargeBodies(server);
	measureRequests(server, parts);
	answerErrors(server, parts.logger);
	answerEarly(server);
	// Within the plugin chain, so that the OpenAPI plugin sees the routes being added.
	server.after(() => addAllRoutes(server, parts));
	return server;
}
