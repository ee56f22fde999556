import type { MessageStatus, MessageType } from './events';

/** WhatsApp's own limit, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 65_536;

/** `POST /api/text` */
export interface SendTextRequest {
	number: number | string;
	message: string;
}

/**
 * The answer to a send: 200 once WhatsApp's server has accepted the message, 202 with
 * `state: "queued"` when that took longer than 20 s or the instance is reconnecting.
 */
export interface SendResponse {
	message: string;
	/** A number for phone numbers, the JID for groups and LIDs. */
	phone: number | string;
	messageId: string;
	state?: 'queued';
}

export const TEXT_SENT = 'Text sent successfully!';

/** States a message goes through; `QUEUED` and `SENT` stand only in the look-up, never in an event. */
export type MessageState = MessageStatus | 'QUEUED' | 'SENT';

export interface StatusEntry {
	status: MessageState;
	/** ISO 8601 */
	at: string;
	participant?: string;
	reason?: string;
}

/** `GET /api/message/:messageId`. `timestamp` is ISO 8601. */
export interface MessageView {
	messageId: string;
	number: string;
	message: string;
	type: MessageType;
	fromMe: boolean;
	timestamp: string;
	status: MessageState;
	statusHistory: StatusEntry[];
}
