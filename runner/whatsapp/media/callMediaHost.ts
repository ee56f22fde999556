import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { DEFAULT_ORIGIN } from '@whiskeysockets/baileys';
import { ProxyError } from '../../proxy/ProxyError';
import type { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import { MediaHostError } from './mediaErrors';

export interface MediaCall {
	url: URL;
	method: 'GET' | 'POST';
	headers?: OutgoingHttpHeaders;
	body?: AsyncIterable<Uint8Array>;
	signal: AbortSignal | undefined;
	/** The call fails when nothing at all moves for this long. */
	idleTimeoutMs: number;
	/** What it goes through; direct when undefined. */
	proxy: WhatsAppProxy | undefined;
}

/**
 * One request to a media host; resolves with the head of its answer, whatever the status. Redirects are
 * not followed, proxies of the environment not used. Throws MediaHostError, or what reading the `body` has thrown.
 */
export function callMediaHost(call: MediaCall): Promise<IncomingMessage> {
	const { url, method, headers, signal, idleTimeoutMs, proxy } = call;
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	const outgoing = request(
		url,
		{
			method,
			headers: { origin: DEFAULT_ORIGIN, ...headers },
			// As an option it counts while the connection is being made, too.
			timeout: idleTimeoutMs,
			// Its own connection: a kept one may be closed by the host at the moment it is used.
			agent: proxy?.secureAgent ?? false,
			...(signal ? { signal } : {}),
		},
		resolve,
	);
	outgoing.on('timeout', () => outgoing.destroy(new Error('nothing moved for too long')));
	outgoing.on('error', (cause) => reject(toHostError(cause)));
	send(call.body ?? [], outgoing).catch((cause: unknown) => {
		reject(cause);
		outgoing.destroy();
	});
	return promise;
}

/** The body of an answer. Throws MediaHostError when it breaks off. */
export async function* readBody(response: IncomingMessage): AsyncGenerator<Buffer> {
	try {
		for await (const chunk of response) yield chunk as Buffer;
	} catch (cause) {
		throw toHostError(cause);
	}
}

/** Ends early, and in peace, when the host wants no more; `pipeline` would blame the body for that. */
async function send(
	body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	outgoing: ClientRequest,
): Promise<void> {
	let goOn = (): void => undefined;
	outgoing.on('drain', () => goOn());
	outgoing.on('close', () => goOn());
	for await (const chunk of body) {
		if (outgoing.destroyed) return;
		if (outgoing.write(chunk)) continue;
		await new Promise<void>((resolve) => {
			goOn = resolve;
		});
	}
	outgoing.end();
}

/** The URL stays out of it: it is the key to the file's place. */
function toHostError(cause: unknown): MediaHostError {
	if (cause instanceof ProxyError) {
		return new MediaHostError(`WhatsApp's media host was not reached: ${cause.message}.`, {
			cause,
		});
	}
	const { code } = (cause ?? {}) as { code?: unknown };
	const detail = typeof code === 'string' ? ` (${code})` : '';
	return new MediaHostError(`The connection to WhatsApp's media host failed${detail}.`, { cause });
}
