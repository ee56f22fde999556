import type { FastifyInstance, FastifyReply } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { answerClientError } from './answerClientError';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** A request may take as long as its bytes keep coming. */
		takesUploads?: boolean;
	}
}

/** Like the error that Node makes when its own limit is reached. */
const TIMEOUT = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

interface TimeLimits {
	/** For a request without an upload, from its head to its last byte. */
	totalMs: number;
	/** How often an upload is looked at. */
	idleMs: number;
	/** What has to come between two looks. */
	leastBytes: number;
}

/**
 * Ends requests that do not arrive: after `totalMs`, uploads when less than `leastBytes` have come in
 * `idleMs`. Node's own limit is one for all routes, and what is long for a text is short for 100 MB over a
 * slow line.
 */
export function limitRequestTime(server: FastifyInstance, limits: TimeLimits): void {
	const { totalMs } = limits;
	server.addHook('onRequest', (request, reply, done) => {
		const stop = request.routeOptions.config.takesUploads
			? watchProgress(request.raw, limits, () => cutOff(request.raw, reply))
			: watchOnce(totalMs, () => cutOff(request.raw, reply));
		reply.raw.once('close', stop);
		done();
	});
	// The rest of a request may still come after its refusal: what was refused must not be done.
	server.addHook('preHandler', (request, reply, done) => {
		if (request.socket.writableEnded) reply.hijack();
		else done();
	});
}

function watchOnce(totalMs: number, cutOff: () => void): () => void {
	const timer = setTimeout(cutOff, totalMs);
	return () => clearTimeout(timer);
}

function watchProgress(
	request: IncomingMessage,
	{ idleMs, leastBytes }: TimeLimits,
	cutOff: () => void,
): () => void {
	const { socket } = request;
	let seenBytes = socket.bytesRead;
	const timer = setInterval(() => {
		if (request.complete) clearInterval(timer);
		else if (socket.bytesRead - seenBytes < leastBytes) cutOff();
		seenBytes = socket.bytesRead;
	}, idleMs);
	return () => clearInterval(timer);
}

function cutOff(request: IncomingMessage, reply: FastifyReply): void {
	if (request.complete) return;
	// It has its answer, and goes on sending all the same.
	if (reply.raw.headersSent) request.destroy();
	else answerClientError(TIMEOUT, request.socket);
}
