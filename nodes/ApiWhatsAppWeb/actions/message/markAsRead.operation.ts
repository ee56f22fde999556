import { messageIdField } from '../fields/messageIdField';
import { chatField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readMessageId } from '../readMessageId';
import { readRecipient } from '../readRecipient';

/** `POST /api/read` */
export const markAsRead: Operation = {
	name: 'Mark as Read',
	value: 'markAsRead',
	action: 'Mark a message as read',
	description: 'Show the sender that a message was read',
	route: 'markRead',
	attempt: 'mark the message as read',
	properties: [chatField, messageIdField],
	async execute(call) {
		const body = { number: readRecipient(call), messageId: readMessageId(call) };
		return { json: { ...(await call.api.call('markRead', { body })) } };
	},
};
