import { messageField } from '../fields/messageField';
import { inChatField } from '../fields/inChatField';
import { messageIdField } from '../fields/messageIdField';
import type { Operation } from '../Operation';
import { readMessage } from '../readInput';
import { readInChat } from '../readInChat';
import { readMessageId } from '../readMessageId';
import { send } from './send';

/** `PUT /api/message/:messageId` */
export const edit: Operation = {
	name: 'Edit',
	value: 'edit',
	action: 'Edit a message',
	description:
		'Change the text or the caption of an own message, for about 15 minutes after it was sent',
	route: 'editMessage',
	attempt: 'edit the message',
	properties: [messageIdField, { ...messageField, description: 'The new text' }, inChatField],
	async execute(call) {
		const params = { messageId: readMessageId(call) };
		return await send(call, 'editMessage', {
			params,
			body: { message: readMessage(call, 'message') },
			...readInChat(call),
		});
	},
};
