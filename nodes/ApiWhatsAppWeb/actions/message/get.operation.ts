import { inChatField } from '../fields/inChatField';
import { messageIdField } from '../fields/messageIdField';
import type { Operation } from '../Operation';
import { readInChat } from '../readInChat';
import { readMessageId } from '../readMessageId';

/** `GET /api/message/:messageId` */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Look up a message and what became of it: sent, received, read, failed',
	route: 'getMessage',
	attempt: 'look up the message',
	properties: [messageIdField, inChatField],
	async execute(call) {
		const params = { messageId: readMessageId(call) };
		return { json: { ...(await call.api.call('getMessage', { params, ...readInChat(call) })) } };
	},
};
