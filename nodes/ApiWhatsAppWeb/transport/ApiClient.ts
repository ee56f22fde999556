import type { Readable } from 'node:stream';
import type { IDataObject } from 'n8n-workflow';
import type { RouteName } from '../../../contract';
import { ROUTES } from '../../../contract';
import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';
import { redact } from './redact';
import type { Download } from './Download';
import { readRefusal, toDownload } from './Download';
import { refuseUndocumented, refuseUndocumentedRoute } from './hostedService';
import type { RouteAnswers } from './RouteAnswers';
import type { ApiAnswer, SendRequest } from './sendRequest';
import { toAnswerFailure, toForeignFailure } from './toAnswerFailure';
import type { Upload } from './toForm';
import { toForm } from './toForm';
import { toNetworkFailure } from './toNetworkFailure';

/** Longer than the API's own longest wait for WhatsApp, 20 s. */
const DEFAULT_TIMEOUT_MS = 40_000;

/** A file has to reach the API, be converted and reach WhatsApp. n8n counts from the beginning. */
export const FILE_TIMEOUT_MS = 600_000;

export interface Call {
	/** Values of the route's `:params`. */
	params?: Record<string, string>;
	body?: IDataObject;
	/** Makes the body a form, with this as its file. */
	file?: { name: string; upload: Upload };
	query?: IDataObject;
	headers?: Record<string, string>;
	timeoutMs?: number;
}

/** Finds the runner of a connection anew, where it may have moved; gives its base URL. */
export type FollowRunner = () => Promise<string>;

/** Calls the routes of the contract over one connection. Rejects with an ApiFailure. */
export class ApiClient {
	constructor(
		private at: Connection,
		private readonly send: SendRequest,
		/** For an embedded runner, which an update of the package replaces by another at another port. */
		private readonly follow?: FollowRunner,
	) {}

	get connection(): Connection {
		return this.at;
	}

	async call<Name extends RouteName>(name: Name, call: Call = {}): Promise<RouteAnswers[Name]> {
		const answer = await this.request(name, call);
		if (typeof answer.body !== 'object' || answer.body === null) {
			// 204 and the like have nothing to read; anything else that is not JSON is not the API.
			if (answer.body) throw toForeignFailure(answer, this.connection);
			return {} as RouteAnswers[Name];
		}
		return answer.body as RouteAnswers[Name];
	}

	/** Opens a file. Whoever asks for it reads the stream to its end or destroys it. */
	async download(name: RouteName, call: Call = {}): Promise<Download> {
		const { body, headers } = await this.request(name, { ...call, isDownload: true });
		return toDownload(body as Readable, headers);
	}

	/** Refuses what this connection cannot do, before any input is read. */
	refuseUndocumented(name: RouteName): void {
		if (this.connection.kind === 'hosted') refuseUndocumentedRoute(name);
	}

	private async request(
		name: RouteName,
		call: Call & { isDownload?: boolean },
	): Promise<ApiAnswer> {
		return await this.requestOnce(name, call).catch(async (error: unknown) => {
			if (!this.follow || !isOfLeftRunner(error)) throw error;
			this.at = { ...this.at, baseUrl: await this.follow() };
			return await this.requestOnce(name, call);
		});
	}

	private async requestOnce(
		name: RouteName,
		{ isDownload, ...call }: Call & { isDownload?: boolean },
	): Promise<ApiAnswer> {
		const { params = {}, body, file } = call;
		const { connection } = this;
		if (connection.kind === 'hosted') refuseUndocumented(name, params, body);
		const form = file && (await toForm(body ?? {}, file));
		const timeoutMs = call.timeoutMs ?? (file || isDownload ? FILE_TIMEOUT_MS : DEFAULT_TIMEOUT_MS);
		const { apiKey, id } = connection.headers;
		const answer = await this.send({
			method: ROUTES[name].method,
			url: connection.baseUrl + toPath(ROUTES[name].path, params),
			headers: { apiKey, ...(id ? { id } : {}), ...form?.headers, ...call.headers },
			body: form?.body ?? body,
			query: call.query,
			timeoutMs,
			isDownload,
		})
			.catch((error: unknown): never => {
				throw toNetworkFailure(error, { connection, timeoutMs });
			})
			// What was refused before it was read would stay open.
			.finally(() => form?.body.destroy());
		if (isSuccess(answer)) return answer;
		const failed = isDownload ? await readRefusal(answer) : answer;
		throw redact(toAnswerFailure(failed, connection), { apiKey, body });
	}
}

/** Whether the runner did nothing because it is about to be replaced, or has been. */
function isOfLeftRunner(error: unknown): boolean {
	return error instanceof ApiFailure && (error.isUnheard || error.code === 'runner_replaced');
}

function isSuccess({ status }: ApiAnswer): boolean {
	return status >= 200 && status < 300;
}

function toPath(path: string, params: Record<string, string>): string {
	return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
