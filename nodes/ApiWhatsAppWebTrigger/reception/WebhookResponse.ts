import type { IWebhookFunctions } from 'n8n-workflow';

/** What we use of the Express response that n8n hands to webhooks. */
export interface WebhookResponse {
	readonly statusCode: number;
	/** Whether an answer was given, received or not. */
	readonly writableEnded: boolean;
	/** Whether all of it was handed to the operating system. */
	readonly writableFinished: boolean;
	once(event: 'close', listener: () => void): unknown;
	status(code: number): this;
	json(body: unknown): this;
	end(): unknown;
}

/** n8n types it by a package that is not installed with this one. */
export function toResponse(context: IWebhookFunctions): WebhookResponse {
	const response: unknown = context.getResponseObject();
	return response as WebhookResponse;
}
