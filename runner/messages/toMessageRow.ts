import type { IncomingMessage } from './IncomingMessage';
import type { MessageRow } from './messageRows';

/** An incoming message as the journal keeps it. What changes another one keeps only its place. */
export function toMessageRow(message: IncomingMessage): MessageRow {
	const { key, chatId, number, sender, sentAtMs, edit } = message;
	const place = { key, chatId, number, sender, sentAtMs, status: 'RECEIVED' as const };
	if (edit || !message.isForReceivers) {
		return {
			...place,
			type: edit ? 'edit' : 'protocol',
			text: '',
			details: {},
			content: message.protocol,
			isProtocolPending: message.protocol !== null,
			target: edit && { ...key, messageId: edit.messageId },
			mediaState: null,
		};
	}
	return {
		...place,
		type: message.type,
		text: message.text,
		details: message.details,
		content: message.content,
		isProtocolPending: false,
		target: null,
		mediaState: message.details.media ? 'pending' : null,
	};
}
