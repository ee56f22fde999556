import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../ApiError';

/** Bodies that any route takes are free: they are over in a moment. */
const FREE_BYTES = 1024 * 1024;
/** What the bodies of all instances may hold, in largest bodies; each instance may hold one. */
const LARGEST_AT_A_TIME = 3;
const HINT =
	'Too many files come as base64 at the same time, which takes memory: wait for the time in the Retry-After header, or send files as multipart/form-data, which takes none.';

/**
 * Bounds the memory for files that come as base64: a JSON body is held whole while it arrives, and one
 * caller could open any number of connections. Refuses with `rate_limited` what goes beyond, before it
 * is read.
 */
export function limitLargeBodies(server: FastifyInstance): void {
	const held = new Map<string, number>();
	server.addHook('onRequest', (request, reply, done) => {
		const bytes = toHeldBytes(request);
		if (bytes === 0) return done();
		const owner = request.instance?.id ?? '';
		const own = held.get(owner) ?? 0;
		const all = [...held.values()].reduce((sum, each) => sum + each, 0);
		const largest = request.routeOptions.bodyLimit;
		if (own + bytes > largest || all + bytes > LARGEST_AT_A_TIME * largest) {
			return done(new ApiError('rate_limited', HINT));
		}
		held.set(owner, own + bytes);
		reply.raw.once('close', () => {
			const left = (held.get(owner) ?? 0) - bytes;
			if (left > 0) held.set(owner, left);
			else held.delete(owner);
		});
		done();
	});
}

/** What a request may come to hold in memory; 0 when it is little, a stream, or too large to be read at all. */
function toHeldBytes({ routeOptions, headers }: FastifyRequest): number {
	if (!routeOptions.config.takesUploads) return 0;
	if (!headers['content-type']?.startsWith('application/json')) return 0;
	const declared = headers['content-length'];
	const bytes = declared === undefined ? routeOptions.bodyLimit : Number(declared);
	return bytes <= FREE_BYTES || bytes > routeOptions.bodyLimit ? 0 : bytes;
}
