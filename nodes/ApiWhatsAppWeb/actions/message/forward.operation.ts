import { messageIdField } from '../fields/messageIdField';
import { recipientField } from '../fields/recipientField';
import type { Operation } from '../Operation';
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
	properties: [messageIdField, recipientField],
	async execute(call) {
		const params = { messageId: readMessageId(call) };
		return await send(call, 'forwardMessage', { params, body: { number: readRecipient(call) } });
	},
};
