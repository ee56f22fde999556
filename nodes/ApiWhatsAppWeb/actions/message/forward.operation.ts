import { inChatField } from '../fields/inChatField';
import { messageIdField } from '../fields/messageIdField';
import { recipientField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readInChat } from '../readInChat';
import { readMessageId } from '../readMessageId';
import { readRecipient } from '../readRecipient';
import { send } from './send';

/** `POST /api/message/:messageId/forward` */
export const forward: Operation = {
	name: 'Forward',
	value: 'forward',
	action: 'Forward a message',
	description: 'Send a message that came or went before to another chat',
	route: 'forwardMessage',
	attempt: 'forward the message',
	properties: [messageIdField, recipientField, inChatField],
	async execute(call) {
		const params = { messageId: readMessageId(call) };
		const body = { number: readRecipient(call) };
		return await send(call, 'forwardMessage', { params, body, ...readInChat(call) });
	},
};
