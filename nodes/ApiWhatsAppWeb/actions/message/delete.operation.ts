import { messageIdField } from '../fields/messageIdField';
import type { Operation } from '../Operation';
import { readMessageId } from '../readMessageId';
import { send } from './send';

/** `DELETE /api/message/:messageId` */
export const deleteMessage: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message for everyone',
	description:
		'Delete an own message for everyone, for about two days after it was sent; admins of a group delete those of others too',
	route: 'deleteMessage',
	attempt: 'delete the message',
	properties: [messageIdField],
	async execute(call) {
		return await send(call, 'deleteMessage', { params: { messageId: readMessageId(call) } });
	},
};
