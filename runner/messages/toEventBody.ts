import {
	SENT_TEXTS,
	type ChatReference,
	type ConnectedBody,
	type DisconnectedBody,
	type EventEnvelope,
	type EventName,
	type MessageStatus,
	type ReceivedBody,
	type SentBody,
	type StatusBody,
} from '../../contract';
import type { IncomingMessage } from './IncomingMessage';
import type { KnownMessage } from './MessageMemory';
import { toShownDetails, type ToMediaUrl } from './StoredDetails';

/** What every body says of its event: who it happened to, and when (ISO 8601). */
export interface EventOrigin {
	eventId: string;
	timestamp: string;
	instanceId: string;
	instanceName: string;
	toMediaUrl: ToMediaUrl;
	/** Name of a chat; null when it is not known. */
	chatName: (chat: string) => string | null;
	/** Of the chat it happened in. */
	chatKey: string;
}

export function toReceivedBody(origin: EventOrigin, message: IncomingMessage): ReceivedBody {
	const { type, text, sender, details } = message;
	const shown = toShownDetails(sender, details, origin.toMediaUrl);
	const url = shown.media?.url ?? null;
	return {
		...toEnvelope('received', origin),
		messageId: message.key.messageId,
		message: text,
		number: message.number,
		photo: type === 'image' ? url : null,
		video: type === 'video' ? url : null,
		senderName: sender.name ?? shown.sender.username ?? 'Unknown',
		whatsappStatus: {
			message: 'Received',
			description: text,
			title: message.linkPreview.title,
			url: message.linkPreview.url,
			groupInvite: message.groupInvite,
		},
		type,
		chat: toChat(message.chatId, toChatName(origin, message), origin.chatKey),
		fromMe: message.key.isFromMe,
		isGroup: message.isGroup,
		edited: false,
		...shown,
	};
}

/** Of a direct chat what the other side calls itself with this very message, of all others what is known. */
function toChatName(
	{ chatName }: EventOrigin,
	{ key, chatId, isGroup, sender }: IncomingMessage,
): string | null {
	return isGroup || key.isFromMe ? chatName(chatId) : sender.name;
}

/** A message that was sent from here, as its `sent` event tells it. */
export interface SentMessage extends Pick<
	KnownMessage,
	'key' | 'chatId' | 'type' | 'text' | 'details' | 'number'
> {
	isEdited: boolean;
	/** Digits of this account's phone. */
	ownNumber: string | null;
}

export function toSentBody(origin: EventOrigin, sent: SentMessage): SentBody {
	const { chatId, type } = sent;
	const sender = { phone: sent.ownNumber, lid: null, name: null };
	const chat = toChat(chatId, origin.chatName(chatId), origin.chatKey);
	return {
		...toEnvelope('sent', origin),
		message: type in SENT_TEXTS ? SENT_TEXTS[type as keyof typeof SENT_TEXTS] : SENT_TEXTS.forward,
		messageSent: sent.text,
		number: sent.number,
		messageId: sent.key.messageId,
		type,
		chat,
		fromMe: true,
		isGroup: chat.type === 'group',
		edited: sent.isEdited,
		...toShownDetails(sender, sent.details, origin.toMediaUrl),
	};
}

export function toStatusBody(
	origin: EventOrigin,
	{
		chatId,
		...change
	}: {
		chatId: string;
		messageId: string;
		number: string;
		status: MessageStatus;
		participant: string | null;
		reason: string | null;
	},
): StatusBody {
	const chat = toChat(chatId, origin.chatName(chatId), origin.chatKey);
	return {
		...toEnvelope('status', origin),
		...change,
		chat,
		whatsappStatus: { message: change.status },
	};
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

export function toChat(id: string, name: string | null, key: string): ChatReference {
	return { id, type: id.endsWith('@g.us') ? 'group' : 'direct', name, key };
}
