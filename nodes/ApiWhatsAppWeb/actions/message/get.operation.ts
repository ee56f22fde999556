import { ApiFailure } from '../../transport';
import type { Operation } from '../Operation';
import { readText } from '../readInput';

/** `GET /api/message/:messageId` */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Look up a message and what became of it: sent, received, read, failed',
	attempt: 'look up the message',
	properties: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. {{ $json.messageId }}',
			description: 'As Send Text and the events give it. Messages can be looked up for 30 days.',
		},
	],
	async execute(call) {
		const messageId = readText(call, 'messageId').trim();
		if (!messageId) {
			throw new ApiFailure('the message ID is empty', {
				hint: 'Give the messageId that Send Text or an event gave.',
			});
		}
		return { json: { ...(await call.api.call('getMessage', { params: { messageId } })) } };
	},
};
