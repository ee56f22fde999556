import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** How long a caller may go on sending after the answer. */
const LINGER_MS = 5_000;

/**
 * Answers callers who are still sending, such as those whose upload is refused, in a way that they can
 * read: at once, but the end of the connection waits for the end of their body. Node would close a
 * `Connection: close` right after the answer, and the reset for what is still coming would overtake it.
 */
export function answerEarly(server: FastifyInstance, lingerMs = LINGER_MS): void {
	server.addHook('onSend', async ({ raw, method }, reply, payload) => {
		if (!isStillComing(raw) || typeof payload !== 'string' || method === 'HEAD') return payload;
		reply.header('content-length', Buffer.byteLength(payload));
		return Readable.from(answerThenDrain(payload, raw, lingerMs));
	});
}

function isStillComing({ complete, headers }: IncomingMessage): boolean {
	if (complete) return false;
	return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function* answerThenDrain(
	answer: string,
	request: IncomingMessage,
	lingerMs: number,
): AsyncGenerator<Buffer> {
	yield Buffer.from(answer);
	request.unpipe();
	request.resume();
	await finished(request, { signal: AbortSignal.timeout(lingerMs) }).catch(() => request.destroy());
}
