import { randomUUID } from 'node:crypto';
import type { ConnectedBody, ReceivedBody } from '../../../contract';

const envelope = () => ({
	eventId: randomUUID(),
	timestamp: '2026-01-01T00:00:00.000Z',
	instanceId: 'instance-1',
	instanceName: 'default',
});

/** A message that somebody wrote, as a session runner delivers it. */
export function toReceived(given: Partial<ReceivedBody> = {}): ReceivedBody {
	return {
		...envelope(),
		event: 'received',
		messageId: 'MESSAGE1',
		message: 'Olá',
		number: '5554991997181',
		photo: null,
		video: null,
		senderName: 'Ana',
		whatsappStatus: {
			message: 'Received',
			description: 'Olá',
			title: null,
			url: null,
			groupInvite: null,
		},
		type: 'text',
		chat: { id: '5554991997181@s.whatsapp.net', type: 'direct', name: null, key: 'chat_1' },
		sender: { phone: '5554991997181', lid: null, name: 'Ana', username: null },
		fromMe: false,
		isGroup: false,
		quoted: null,
		mentions: [],
		mentionsMe: false,
		media: null,
		viewOnce: false,
		forwarded: false,
		late: false,
		edited: false,
		...given,
	};
}

export function toConnected(): ConnectedBody {
	return {
		...envelope(),
		event: 'connected',
		status: 'Connected',
		whatsappStatus: { message: 'Connected' },
	};
}
