import { eventField } from '../eventField';
import type { Operation } from '../Operation';
import { readEvent } from '../readInput';

/** `POST /api/config/:event/test` */
export const sendTest: Operation = {
	name: 'Send Test',
	value: 'sendTest',
	action: 'Send a test to a webhook URL',
	description: 'Deliver a sample of an event to its URL and show what the receiver answered',
	route: 'testWebhook',
	attempt: 'send the test',
	properties: [eventField],
	async execute(call) {
		const event = readEvent(call);
		return { json: { ...(await call.api.call('testWebhook', { params: { event } })) } };
	},
};
