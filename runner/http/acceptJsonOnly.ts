import type { FastifyInstance } from 'fastify';

/**
 * Reads application/json and nothing else. An empty body is none: many clients send the header with
 * every POST. Keys that would reach a prototype make the JSON malformed.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
	const parse = server.getDefaultJsonParser('error', 'error');
	server.removeAllContentTypeParsers();
	server.addContentTypeParser<string>(
		'application/json',
		{ parseAs: 'string' },
		(request, text, done) => {
			if (text.trim() === '') done(null, null);
			else void parse(request, text, done);
		},
	);
}
