import {
	TEXT_SENT,
	type ConnectedBody,
	type DisconnectedBody,
	type EventEnvelope,
	type EventName,
	type MessageDetails,
	type MessageStatus,
	type ReceivedBody,
	type SentBody,
	type StatusBody,
} from '../../contract';
import type { IncomingMessage } from './IncomingMessage';

/** What every body says of its event: who it happened to, and when (ISO 8601). */
export interface EventOrigin {
	eventId: string;
	timestamp: string;
	instanceId: string;
	instanceName: string;
}

export function toReceivedBody(origin: EventOrigin, message: IncomingMessage): ReceivedBody {
	return {
		...toEnvelope('received', origin),
		messageId: message.key.messageId,
		message: message.text,
		number: message.number,
		photo: null,
		video: null,
		senderName: message.sender.name ?? 'Unknown',
		whatsappStatus: {
			message: 'Received',
			description: message.text,
			title: message.linkPreview.title,
			url: message.linkPreview.url,
			groupInvite: message.groupInvite,
		},
		type: message.type,
		chat: toChat(message.key.chat, message.isGroup, message.sender.name),
		sender: message.sender,
		fromMe: message.key.isFromMe,
		isGroup: message.isGroup,
		quoted: message.quoted,
		mentions: message.mentions,
		late: message.isLate,
		edited: false,
	};
}

export interface SentText {
	messageId: string;
	number: string;
	chat: string;
	text: string;
	/** Digits of this account's phone. */
	ownNumber: string | null;
}

export function toSentBody(origin: EventOrigin, sent: SentText): SentBody {
	const isGroup = sent.chat.endsWith('@g.us');
	return {
		...toEnvelope('sent', origin),
		message: TEXT_SENT,
		messageSent: sent.text,
		number: sent.number,
		messageId: sent.messageId,
		type: 'text',
		chat: toChat(sent.chat, isGroup, null),
		sender: { phone: sent.ownNumber, lid: null, name: null },
		fromMe: true,
		isGroup,
		quoted: null,
		mentions: [],
		late: false,
		edited: false,
	};
}

export function toStatusBody(
	origin: EventOrigin,
	change: {
		messageId: string;
		number: string;
		status: MessageStatus;
		participant: string | null;
		reason: string | null;
	},
): StatusBody {
	return { ...toEnvelope('status', origin), ...change, whatsappStatus: { message: change.status } };
}

export function toConnectedBody(origin: EventOrigin): ConnectedBody {
	return {
		...toEnvelope('connected', origin),
		status: 'Connected',
		whatsappStatus: { message: 'Connected' },
	};
}

export function toDisconnectedBody(origin: EventOrigin, reason: string | null): DisconnectedBody {
	return {
		...toEnvelope('disconnected', origin),
		status: 'Disconnected',
		reason,
		whatsappStatus: { message: 'Disconnected' },
	};
}

function toEnvelope<T extends EventName>(
	event: T,
	{ eventId, timestamp, instanceId, instanceName }: EventOrigin,
): EventEnvelope & { event: T } {
	return { event, eventId, timestamp, instanceId, instanceName };
}

function toChat(id: string, isGroup: boolean, name: string | null): MessageDetails['chat'] {
	return { id, type: isGroup ? 'group' : 'direct', name: isGroup ? null : name };
}
