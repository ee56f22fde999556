import { ApiFailure, toRefusal } from '../../transport';
import { eventField } from '../eventField';
import type { Operation, OperationCall } from '../Operation';
import { readEvent, readText } from '../readInput';

/** `PUT /api/config/:event` */
export const changeUrl: Operation = {
	name: 'Change URL',
	value: 'changeUrl',
	action: 'Change the webhook URL of an event',
	description: 'Set or clear the URL that is told of an event; triggers in n8n do not need it',
	route: 'setWebhook',
	attempt: 'change the webhook URL',
	properties: [
		eventField,
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/whatsapp',
			description: 'An https:// address. Leave empty to clear it.',
		},
	],
	async execute(call) {
		const event = readEvent(call);
		const URL = readWebhookUrl(call);
		return {
			json: { ...(await call.api.call('setWebhook', { params: { event }, body: { URL } })) },
		};
	},
};

function readWebhookUrl(call: OperationCall): string | null {
	const text = readText(call, 'url').trim();
	if (!text) return null;
	if (!URL.canParse(text)) {
		throw new ApiFailure('this is not a URL', {
			hint: 'Give the whole address, such as https://example.com/whatsapp.',
		});
	}
	const { protocol } = new URL(text);
	// The operator of a session runner may have allowed http for this host; only the runner knows.
	const mayBeAllowed = protocol === 'http:' && call.api.connection.kind !== 'hosted';
	if (protocol !== 'https:' && !mayBeAllowed) throw toRefusal('https_webhook_required');
	return text;
}
