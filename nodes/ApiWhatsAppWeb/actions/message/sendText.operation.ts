import { messageField } from '../fields/messageField';
import { recipientField } from '../fields/recipientField';
import { toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { readMessage } from '../readInput';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { send } from './send';

/** `POST /api/text` */
export const sendText: Operation = {
	name: 'Send Text',
	value: 'sendText',
	action: 'Send a text message',
	description: 'Send a text to a person or a group',
	route: 'sendText',
	attempt: 'send the text',
	properties: [
		recipientField,
		{
			...messageField,
			placeholder: 'e.g. Hello, your order is ready',
			description:
				'The text, up to 65,536 characters. *Bold*, _italic_ and emoji work as in WhatsApp.',
		},
		toOptionsField('linkPreview'),
	],
	async execute(call) {
		const body = {
			number: readRecipient(call),
			message: readMessage(call, 'message'),
			...readSendOptions(call),
		};
		return await send(call, 'sendText', { body });
	},
};
