import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { ApiError } from '../ApiError';
import { mayBeUnsound, requireSoundText } from './requireSoundText';

type Parse = ReturnType<FastifyInstance['getDefaultJsonParser']>;
type Done = NonNullable<Parameters<Parse>[2]>;

/**
 * Reads application/json and nothing else. An empty body is none: many clients send the header with
 * every POST. Keys that would reach a prototype make the JSON malformed, as bytes do that are no UTF-8.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
	const parse = server.getDefaultJsonParser('error', 'error');
	server.removeAllContentTypeParsers();
	server.addContentTypeParser<Buffer>(
		'application/json',
		{ parseAs: 'buffer' },
		(request, bytes, done) => {
			if (!isUtf8(bytes)) return done(new ApiError('malformed_request', 'Send JSON in UTF-8.'));
			const text = bytes.toString('utf8');
			if (text.trim() === '') return done(null, null);
			void parse(request, text, mayBeUnsound(text) ? soundOnly(done) : done);
		},
	);
}

function soundOnly(done: Done): Done {
	return (error, body) => {
		try {
			requireSoundText(body);
		} catch (unsound) {
			return done(unsound as Error);
		}
		done(error, body);
	};
}
