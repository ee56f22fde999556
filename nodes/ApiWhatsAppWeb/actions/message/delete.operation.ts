import { inChatField } from '../fields/inChatField';
import { messageIdField } from '../fields/messageIdField';
import type { Operation } from '../Operation';
import { readInChat } from '../readInChat';
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
	properties: [messageIdField, inChatField],
	async execute(call) {
		const params = { messageId: readMessageId(call) };
		return await send(call, 'deleteMessage', { params, ...readInChat(call) });
	},
};
