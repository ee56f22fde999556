import type { IDataObject } from 'n8n-workflow';
import type { EventName } from '../../../contract';

/** What a webhook request comes to. */
export type Reception =
	/** Genuine and asked for: starts the workflow. `repeatKey` is the same for a repeat of it. */
	| { outcome: 'accepted'; event: EventName; body: IDataObject; repeatKey: string | undefined }
	/** Genuine, but not among the events or chats the user chose. */
	| { outcome: 'unwanted' }
	/** Not from where it claims to be. */
	| { outcome: 'forged'; reason: string };

/** A webhook request as it came, before anything in it is believed. */
export interface IncomingRequest {
	headers: Record<string, unknown>;
	query: Record<string, unknown>;
	/** The body's bytes; undefined when n8n has not kept them. */
	rawBody: Buffer | undefined;
	/** The body as n8n parsed it. */
	body: IDataObject;
}
