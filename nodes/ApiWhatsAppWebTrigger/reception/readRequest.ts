import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { IncomingRequest } from './Delivery';

/** The request as it came. n8n keeps the body's bytes beside what it parsed of them. */
export function readRequest(context: IWebhookFunctions): IncomingRequest {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	const body: unknown = context.getBodyData();
	return {
		headers: context.getHeaderData(),
		query: context.getQueryData() as Record<string, unknown>,
		rawBody: Buffer.isBuffer(rawBody) ? rawBody : undefined,
		body: isObject(body) ? body : {},
	};
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
