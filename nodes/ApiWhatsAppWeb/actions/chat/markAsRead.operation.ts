import { chatField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readRecipient } from '../readRecipient';

/** `POST /api/read` */
export const markAsRead: Operation = {
	name: 'Mark as Read',
	value: 'markAsRead',
	action: 'Mark a chat as read',
	description: 'Mark everything unread in a chat as read',
	route: 'markRead',
	attempt: 'mark the chat as read',
	properties: [chatField],
	async execute(call) {
		const body = { number: readRecipient(call) };
		return { json: { ...(await call.api.call('markRead', { body })) } };
	},
};
