import { Readable } from 'node:stream';
import { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import { callMediaHost } from './callMediaHost';

/** What Baileys hands on to `fetch` from the options of a socket. */
type Init = Omit<RequestInit, 'dispatcher'> & { dispatcher?: unknown };

/** A host that does not move for this long has failed. */
const IDLE_TIMEOUT_MS = 60_000;
/** `Response` takes no body with these. */
const WITHOUT_BODY = [204, 205, 304];

/** What makes `fetch` go through a proxy; nothing without one. */
export function toFetchOptions(proxy: WhatsAppProxy | undefined): RequestInit {
	return proxy ? ({ dispatcher: proxy } as object) : {};
}

let isTaught = false;

/**
 * Makes `fetch` take a WhatsAppProxy as its `dispatcher`. Baileys fetches histories, the state of the app
 * and the version of WhatsApp Web with it, and lets nothing else choose their way; Node's own dispatchers
 * are not part of Node's interface. All other calls go on to Node's `fetch` as they are.
 */
export function teachFetchProxies(): void {
	if (isTaught) return;
	isTaught = true;
	const direct = globalThis.fetch;
	globalThis.fetch = (input, init) => {
		const { dispatcher } = (init ?? {}) as Init;
		return dispatcher instanceof WhatsAppProxy
			? fetchThroughProxy(new Request(input).url, init as Init, dispatcher)
			: direct(input, init);
	};
}

async function fetchThroughProxy(
	url: string,
	{ headers }: Init,
	proxy: WhatsAppProxy,
): Promise<Response> {
	const answer = await callMediaHost({
		url: new URL(url),
		method: 'GET',
		headers: Object.fromEntries(new Headers(headers)),
		signal: undefined,
		idleTimeoutMs: IDLE_TIMEOUT_MS,
		proxy,
	});
	const { statusCode: status = 0 } = answer;
	const isEmpty = WITHOUT_BODY.includes(status);
	if (isEmpty) answer.resume();
	return new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream), { status });
}
