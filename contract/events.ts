/** The five webhook events, in the order the documentation lists them. */
export const EVENT_NAMES = ['sent', 'received', 'status', 'disconnected', 'connected'] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** What happened to a message, as the `status` event reports it. */
export const MESSAGE_STATUSES = [
	'RECEIVED',
	'READ',
	'PLAYED',
	'REPLIED',
	'DELETED',
	'FAILED',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Fields that every webhook body carries. `timestamp` is ISO 8601. */
export interface EventEnvelope {
	event: EventName;
	eventId: string;
	timestamp: string;
	instanceId: string;
	instanceName: string;
	/** Present and true only in a sample made by `POST /api/config/:event/test`. */
	test?: true;
}

export type MessageType =
	| 'text'
	| 'image'
	| 'video'
	| 'audio'
	| 'voice'
	| 'document'
	| 'sticker'
	| 'location'
	| 'contact'
	| 'poll'
	| 'reaction'
	| 'unknown';

export interface ChatReference {
	/** The JID of the chat. */
	id: string;
	type: 'direct' | 'group';
	name: string | null;
}

/** Both identities are carried when both are known; `phone` is digits only, `lid` a JID. */
export interface SenderReference {
	phone: string | null;
	lid: string | null;
	name: string | null;
}

export interface QuotedReference {
	messageId: string;
	participant: string | null;
	text: string | null;
}

/** Added to `sent` and `received` bodies beside the hosted fields. */
export interface MessageDetails {
	type: MessageType;
	chat: ChatReference;
	sender: SenderReference;
	fromMe: boolean;
	isGroup: boolean;
	quoted: QuotedReference | null;
	mentions: string[];
	/** Delivered after having been missed offline. */
	late: boolean;
	edited: boolean;
}

export interface SentBody extends EventEnvelope, MessageDetails {
	event: 'sent';
	message: 'Text sent successfully!';
	messageSent: string;
	number: string;
	messageId: string;
}

export interface ReceivedBody extends EventEnvelope, MessageDetails {
	event: 'received';
	messageId: string;
	message: string;
	/** What one can send to again: phone number, LID's JID while no phone is known, or group id. */
	number: string;
	photo: string | null;
	video: string | null;
	senderName: string;
	whatsappStatus: {
		message: 'Received';
		description: string;
		title: string | null;
		url: string | null;
		groupInvite: string | null;
	};
}

export interface StatusBody extends EventEnvelope {
	event: 'status';
	messageId: string;
	number: string;
	status: MessageStatus;
	/** In groups: the JID of whose receipt it is; null in direct chats. */
	participant: string | null;
	/** Why a send failed; null for every other status. */
	reason: string | null;
	whatsappStatus: { message: MessageStatus };
}

export interface ConnectedBody extends EventEnvelope {
	event: 'connected';
	status: 'Connected';
	whatsappStatus: { message: 'Connected' };
}

export interface DisconnectedBody extends EventEnvelope {
	event: 'disconnected';
	status: 'Disconnected';
	/** A stable code such as `logged_out`, `blocked`, `replaced` or `connection_lost`. */
	reason: string | null;
	whatsappStatus: { message: 'Disconnected' };
}

export type WebhookBody = SentBody | ReceivedBody | StatusBody | ConnectedBody | DisconnectedBody;

export function isEventName(value: unknown): value is EventName {
	return EVENT_NAMES.some((name) => name === value);
}

/**
 * Tells which event a body is. Our runner says it in `event`; the hosted service does not, so its
 * bodies are told apart by the fields its documentation promises. Unknown shapes give undefined.
 */
export function eventOfBody(body: unknown): EventName | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const fields = body as Record<string, unknown>;
	if (isEventName(fields.event)) return fields.event;
	const whatsappStatus = fields.whatsappStatus;
	const word =
		typeof whatsappStatus === 'object' && whatsappStatus !== null
			? (whatsappStatus as Record<string, unknown>).message
			: undefined;
	if (fields.status === 'Connected' || word === 'Connected') return 'connected';
	if (fields.status === 'Disconnected' || word === 'Disconnected') return 'disconnected';
	if ('messageSent' in fields) return 'sent';
	if (word === 'Received' && 'message' in fields) return 'received';
	if (typeof fields.status === 'string' || typeof word === 'string') return 'status';
	return undefined;
}
