import axios, { type AxiosResponse } from 'axios';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { ApiError } from '../../ApiError';
import type { AddressGuard } from '../../address';
import { toFetchError } from './toFetchError';

const MAX_URL_LENGTH = 8192;

const client = axios.create({
	method: 'GET',
	// Each hop goes through the address guard: they are followed by us.
	maxRedirects: 0,
	responseType: 'stream',
	// Axios takes a compressed body that breaks off for a whole one.
	decompress: false,
	// A proxy would dial in our place, past the address guard.
	proxy: false,
	validateStatus: () => true,
	transformResponse: [],
	headers: {
		accept: '*/*',
		'accept-encoding': 'identity',
		'user-agent': 'api-whatsapp-web',
	},
});

/**
 * One request for a file, without following redirects: its headers, and the body still to come.
 * Throws `media_address_refused` or `media_fetch_failed`.
 */
export async function requestFile(
	url: string,
	{ guard, timeoutMs, signal }: { guard: AddressGuard; timeoutMs: number; signal?: AbortSignal },
): Promise<AxiosResponse<Readable>> {
	requireAllowed(guard, url);
	const abort = new AbortController();
	const cut = () => abort.abort();
	let isTimedOut = false;
	const timeout = setTimeout(() => {
		isTimedOut = true;
		cut();
	}, timeoutMs);
	signal?.addEventListener('abort', cut, { once: true });
	try {
		signal?.throwIfAborted();
		return await client.request<Readable>({
			url,
			...toAgents(guard.lookupFor(url, { allowLoopback: false })),
			signal: abort.signal,
		});
	} catch (error) {
		signal?.throwIfAborted();
		if (isTimedOut) throw toSlow(timeoutMs);
		throw toFetchError(error);
	} finally {
		clearTimeout(timeout);
		signal?.removeEventListener('abort', cut);
	}
}

function requireAllowed(guard: AddressGuard, url: string): void {
	if (!URL.canParse(url) || url.length > MAX_URL_LENGTH) {
		throw new ApiError('media_invalid', 'This is not a URL that can be called.');
	}
	const refusal = guard.refusalOf(url, { allowLoopback: false });
	if (refusal === undefined) return;
	throw new ApiError(
		'media_address_refused',
		refusal === 'https_webhook_required'
			? 'Use an https:// URL. The operator of a session runner can allow single hosts without TLS with AWW_ALLOW_HTTP_WEBHOOK_HOSTS.'
			: 'Use a public host, and no user name in the URL. The operator of a session runner can allow private hosts with AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS.',
	);
}

/** One connection a request: the next file comes from elsewhere. */
function toAgents(lookup: LookupFunction): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
	// `lookup` reaches net.connect through the agent's options; Node's types leave it out.
	const options: AgentOptions & { lookup: LookupFunction } = { keepAlive: false, lookup };
	return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
}

function toSlow(timeoutMs: number): ApiError {
	return new ApiError(
		'media_fetch_failed',
		`The server did not answer within ${timeoutMs / 1000} s.`,
	);
}
