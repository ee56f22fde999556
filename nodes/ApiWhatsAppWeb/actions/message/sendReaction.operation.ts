import { messageIdField } from '../fields/messageIdField';
import { chatField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readText } from '../readInput';
import { readMessageId } from '../readMessageId';
import { readRecipient } from '../readRecipient';
import { send } from './send';

/** `POST /api/reaction` */
export const sendReaction: Operation = {
	name: 'Send Reaction',
	value: 'sendReaction',
	action: 'React to a message',
	description: 'React to a message with an emoji, or take the reaction back',
	route: 'sendReaction',
	attempt: 'react to the message',
	properties: [
		chatField,
		messageIdField,
		{
			displayName: 'Emoji',
			name: 'emoji',
			type: 'string',
			default: '👍',
			placeholder: 'e.g. 👍',
			description: 'One emoji. Leave it empty to take the reaction back.',
		},
	],
	async execute(call) {
		const body = {
			number: readRecipient(call),
			messageId: readMessageId(call),
			emoji: readText(call, 'emoji').trim(),
		};
		return await send(call, 'sendReaction', { body });
	},
};
