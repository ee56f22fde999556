import { chatField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readNumber } from '../readInput';
import { readRecipient } from '../readRecipient';

/** `PATCH /api/chats/:id` */
export const setDisappearing: Operation = {
	name: 'Set Disappearing Messages',
	value: 'setDisappearing',
	action: 'Set disappearing messages in a chat',
	description: 'Set after how long the messages of a chat disappear, for both sides',
	route: 'updateChat',
	attempt: 'set the timer of the chat',
	properties: [
		chatField,
		{
			displayName: 'Disappear After',
			name: 'disappearingSeconds',
			type: 'options',
			options: [
				{ name: '24 Hours', value: 86_400 },
				{ name: '7 Days', value: 604_800 },
				{ name: '90 Days', value: 7_776_000 },
				{ name: 'Never', value: 0 },
			],
			default: 604_800,
			description: 'What is there already stays as it is',
		},
	],
	async execute(call) {
		const params = { id: readRecipient(call) };
		const body = {
			disappearingSeconds: readNumber(call, 'disappearingSeconds', 'Disappear After'),
		};
		return { json: { ...(await call.api.call('updateChat', { params, body })) } };
	},
};
