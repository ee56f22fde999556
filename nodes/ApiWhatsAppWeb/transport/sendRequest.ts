import type { Readable } from 'node:stream';
import type {
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	RequestHelperFunctions,
} from 'n8n-workflow';

/** One HTTP request as the transport makes it. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	headers: Record<string, string>;
	/** JSON, or a stream whose type the headers tell. */
	body?: IDataObject | Readable;
	query?: IDataObject;
	timeoutMs: number;
	/** Gives the answer's body as a stream, unread. */
	isDownload?: boolean;
}

/** An answer of any status; `body` is parsed JSON, the text when it was none, or of a download a stream. */
export interface ApiAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Makes a request; rejects only when there is no answer at all. */
export type SendRequest = (request: ApiRequest) => Promise<ApiAnswer>;

/** A context n8n runs nodes in: execute, webhook, hook or load options. */
export interface RequestContext {
	helpers: Pick<RequestHelperFunctions, 'httpRequest'>;
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/**
 * The sender of nodes. Redirects are not followed: they would carry the API key elsewhere, and n8n
 * would hold a whole upload in memory to be able to send it again.
 */
export function createSender(context: RequestContext): SendRequest {
	return async (request) => {
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: request.headers,
			body: request.body,
			qs: request.query,
			timeout: request.timeoutMs,
			...(request.isDownload ? { encoding: 'stream' } : { json: true }),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: context.getExecutionCancelSignal?.(),
		};
		return toAnswer((await context.helpers.httpRequest(options)) as IN8nHttpFullResponse);
	};
}

/** The sender of credential tests, to which n8n gives its older request helper only. */
export function createTestSender(context: ICredentialTestFunctions): SendRequest {
	return async (request) => {
		const options = {
			method: request.method,
			uri: request.url,
			headers: request.headers,
			body: request.body,
			qs: request.query,
			timeout: request.timeoutMs,
			json: true,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
		};
		return toAnswer((await context.helpers.request(options)) as IN8nHttpFullResponse);
	};
}

function toAnswer({ statusCode, headers, body }: IN8nHttpFullResponse): ApiAnswer {
	return { status: statusCode, headers, body };
}
