import { chatField } from '../fields/recipientField';
import type { Operation } from '../Operation';
import { readNumber, readText } from '../readInput';
import { readRecipient } from '../readRecipient';

/** `POST /api/typing` */
export const showTyping: Operation = {
	name: 'Show Typing',
	value: 'showTyping',
	action: 'Show typing in a chat',
	description: 'Show that one is typing or recording, or stop it',
	route: 'showTyping',
	attempt: 'show typing',
	properties: [
		chatField,
		{
			displayName: 'State',
			name: 'state',
			type: 'options',
			options: [
				{ name: 'Recording', value: 'recording', description: 'Show “recording audio…”' },
				{ name: 'Stopped', value: 'paused', description: 'Show nothing any more' },
				{ name: 'Typing', value: 'composing', description: 'Show “typing…”' },
			],
			default: 'composing',
		},
		{
			displayName: 'Seconds',
			name: 'seconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 60, numberPrecision: 0 },
			default: 5,
			description: 'How long it is shown, unless a message is sent before',
			displayOptions: { show: { state: ['composing', 'recording'] } },
		},
	],
	async execute(call) {
		const state = readText(call, 'state') || 'composing';
		const time = state === 'paused' ? {} : { seconds: readNumber(call, 'seconds', 'Seconds') };
		const body = { number: readRecipient(call), state, ...time };
		return { json: { ...(await call.api.call('showTyping', { body })) } };
	},
};
