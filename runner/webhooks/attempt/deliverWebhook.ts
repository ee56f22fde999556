import axios, { type AxiosResponse, isAxiosError } from 'axios';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import { SEQ_SIGNATURE_HEADER, signSeq, signWebhook } from '../../../contract';
import { isAddressRefused, toNetworkError } from '../../address';
import type { AttemptKind, AttemptResult } from './AttemptResult';
import type { Agents } from './createAgents';
import { readAnswer } from './readAnswer';

export interface WebhookRequest {
	url: string;
	/** Goes into the `webhook-seq` header. */
	receiverSeq?: number | null;
	/** Sent as it is, byte for byte. */
	body: string;
	eventId: string;
	/** The body is signed with each of them. */
	secrets: readonly string[];
	agents: Agents;
	/** For everything: name, connection, headers and body of the answer. */
	timeoutMs: number;
	/** Unix milliseconds, for the signature's timestamp. */
	nowMs: number;
	/** Ends the attempt from outside; it then counts as `aborted`. */
	signal?: AbortSignal;
}

/** The runner ended the attempt itself; nothing is known of its fate. */
export const ABORTED = 'aborted';

/** Interim answers such as `103 Early Hints` that one attempt is given: each costs time to read. */
const MAX_INTERIM_ANSWERS = 10;

/** Makes a request that hangs up on a receiver that streams interim answers instead of its own. */
const transport = {
	request(options: https.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) {
		const protocol = options.protocol === 'https:' ? https : http;
		const request = protocol.request(options, onAnswer);
		let interim = 0;
		request.on('information', () => {
			if (++interim > MAX_INTERIM_ANSWERS) {
				request.destroy(Object.assign(new Error('No answer'), { code: 'ERR_INTERIM_ANSWERS' }));
			}
		});
		return request;
	},
};

const client = axios.create({
	method: 'POST',
	transport,
	maxRedirects: 0,
	responseType: 'stream',
	decompress: false,
	maxBodyLength: Infinity,
	// A proxy would dial in our place, past the address guard.
	proxy: false,
	validateStatus: () => true,
	// The defaults parse and trim JSON; the bytes must stay as they were signed.
	transformRequest: [],
	transformResponse: [],
});

/** One attempt at one receiver. Never rejects: whatever happens is a result, or ABORTED. */
export async function deliverWebhook(
	request: WebhookRequest,
): Promise<AttemptResult | typeof ABORTED> {
	const startedAt = performance.now();
	const abort = new AbortController();
	let isTimedOut = false;
	const timeout = setTimeout(() => {
		isTimedOut = true;
		abort.abort();
	}, request.timeoutMs);
	const abortFromOutside = () => abort.abort();
	request.signal?.addEventListener('abort', abortFromOutside, { once: true });
	const toResult = (kind: AttemptKind, part: Partial<AttemptResult>): AttemptResult => ({
		kind,
		at: request.nowMs,
		ms: Math.round(performance.now() - startedAt),
		status: null,
		error: null,
		answer: null,
		retryAfter: undefined,
		...part,
	});
	let status: number | null = null;
	try {
		if (request.signal?.aborted) return ABORTED;
		const response = await post(request, abort.signal);
		status = response.status;
		const answer = await readAnswerUntil(response.data, abort.signal);
		const kind = toKind(status);
		const retryAfter: unknown = response.headers['retry-after'];
		return toResult(kind, {
			status,
			answer,
			error: kind === 'success' ? null : `The receiver answered ${status}.`,
			retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
		});
	} catch (error) {
		if (isTimedOut) {
			const afterS = request.timeoutMs / 1000;
			return toResult('timeout', { status, error: `No complete answer within ${afterS} s.` });
		}
		if (request.signal?.aborted) return ABORTED;
		const kind = isAddressRefused(error) ? 'refused' : 'network';
		return toResult(kind, { status, error: toNetworkError(error) });
	} finally {
		clearTimeout(timeout);
		request.signal?.removeEventListener('abort', abortFromOutside);
	}
}

async function post(
	request: WebhookRequest,
	signal: AbortSignal,
): Promise<AxiosResponse<Readable>> {
	const body = Buffer.from(request.body, 'utf8');
	const { secrets, receiverSeq: seq } = request;
	const signature = signWebhook({
		id: request.eventId,
		timestampS: request.nowMs / 1000,
		body,
		secrets,
	});
	const send = () =>
		client.request<Readable>({
			url: request.url,
			data: body,
			headers: {
				'content-type': 'application/json',
				'user-agent': 'api-whatsapp-web',
				...signature,
				...(typeof seq === 'number' && {
					'webhook-seq': String(seq),
					[SEQ_SIGNATURE_HEADER]: signSeq(signature, seq, secrets),
				}),
			},
			httpAgent: request.agents.http,
			httpsAgent: request.agents.https,
			signal,
		});
	try {
		return await send();
	} catch (error) {
		if (!isStaleConnection(error)) throw error;
		return send();
	}
}

/** The receiver closed an idle connection in the moment we used it: not its failure, nor an attempt. */
function isStaleConnection(error: unknown): boolean {
	if (!isAxiosError(error) || (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')) return false;
	return (error.request as http.ClientRequest | undefined)?.reusedSocket === true;
}

async function readAnswerUntil(body: Readable, signal: AbortSignal): Promise<string> {
	const cut = () => body.destroy(new Error('cut off'));
	signal.addEventListener('abort', cut, { once: true });
	try {
		return await readAnswer(body);
	} finally {
		signal.removeEventListener('abort', cut);
	}
}

function toKind(status: number): AttemptKind {
	if (status >= 200 && status < 300) return 'success';
	if (status >= 300 && status < 400) return 'redirect';
	return status >= 500 ? 'server_error' : 'client_error';
}
