import type { IDataObject } from 'n8n-workflow';
import type { RouteName } from '../../../contract';
import { ROUTES } from '../../../contract';
import type { Connection } from './Connection';
import { redact } from './redact';
import { refuseUndocumented } from './hostedService';
import type { RouteAnswers } from './RouteAnswers';
import type { ApiAnswer, SendRequest } from './sendRequest';
import { toAnswerFailure, toForeignFailure } from './toAnswerFailure';
import { toNetworkFailure } from './toNetworkFailure';

/** Longer than the API's own longest wait for WhatsApp, 20 s. */
const DEFAULT_TIMEOUT_MS = 40_000;

export interface Call {
	/** Values of the route's `:params`. */
	params?: Record<string, string>;
	body?: IDataObject;
	query?: IDataObject;
	headers?: Record<string, string>;
	timeoutMs?: number;
}

/** Calls the routes of the contract over one connection. Rejects with an ApiFailure. */
export class ApiClient {
	constructor(
		readonly connection: Connection,
		private readonly send: SendRequest,
	) {}

	async call<Name extends RouteName>(name: Name, call: Call = {}): Promise<RouteAnswers[Name]> {
		const { params = {}, body, query, timeoutMs = DEFAULT_TIMEOUT_MS } = call;
		const { connection } = this;
		if (connection.kind === 'hosted') refuseUndocumented(name, params, body);
		const { apiKey, id } = connection.headers;
		const answer = await this.send({
			method: ROUTES[name].method,
			url: connection.baseUrl + toPath(ROUTES[name].path, params),
			headers: { apiKey, ...(id ? { id } : {}), ...call.headers },
			body,
			query,
			timeoutMs,
		}).catch((error: unknown): never => {
			throw toNetworkFailure(error, { connection, timeoutMs });
		});
		if (!isSuccess(answer)) throw redact(toAnswerFailure(answer, connection), { apiKey, body });
		if (typeof answer.body !== 'object' || answer.body === null) {
			// 204 and the like have nothing to read; anything else that is not JSON is not the API.
			if (answer.body) throw toForeignFailure(answer, connection);
			return {} as RouteAnswers[Name];
		}
		return answer.body as RouteAnswers[Name];
	}
}

function isSuccess({ status }: ApiAnswer): boolean {
	return status >= 200 && status < 300;
}

function toPath(path: string, params: Record<string, string>): string {
	return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
