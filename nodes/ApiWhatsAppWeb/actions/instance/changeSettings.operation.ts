import type { IDataObject } from 'n8n-workflow';
import { ApiFailure } from '../../transport';
import type { Operation, OperationCall } from '../Operation';
import { isOn, readNumber, readText } from '../readInput';

/** `POST /api/config/automatic` */
export const changeSettings: Operation = {
	name: 'Change Settings',
	value: 'changeSettings',
	action: 'Change the settings of the instance',
	description: 'Change what the instance does by itself; what is not added stays as it is',
	route: 'setAutomatic',
	attempt: 'change the settings',
	properties: [
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			options: [
				{
					displayName: 'Download Media',
					name: 'download',
					type: 'boolean',
					default: true,
					description:
						'Whether files are fetched from WhatsApp when they arrive. Off: when they are asked for.',
				},
				{
					displayName: 'Mark as Read',
					name: 'read',
					type: 'boolean',
					default: true,
					description: 'Whether incoming messages are marked as read by themselves',
				},
				{
					displayName: 'Messages per Minute',
					name: 'messagesPerMinute',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 0 },
					default: 20,
					description: 'How many messages may leave in a minute; 0 for no limit',
				},
				{
					displayName: 'Own Messages',
					name: 'ownMessages',
					type: 'boolean',
					default: true,
					description:
						'Whether what the owner types on the phone is reported as a Received event. Mind loops.',
				},
				{
					displayName: 'Proxy URL',
					name: 'proxyUrl',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					placeholder: 'http://user:password@proxy.example:3128',
					description:
						'The http, https or socks5 proxy through which WhatsApp is reached; empty for none of its own',
				},
				{
					displayName: 'Reject Calls',
					name: 'rejectCalls',
					type: 'boolean',
					default: true,
					description: 'Whether calls are rejected when they come in',
				},
				{
					displayName: 'Reject Calls: Answer',
					name: 'rejectCallsText',
					type: 'string',
					default: '',
					placeholder: 'e.g. We take no calls here. Please write to us.',
					description:
						'What the caller is sent when a call is rejected by itself; empty for nothing. Calls in groups get no answer.',
				},
			],
		},
	],
	async execute(call) {
		const body = readSettings(call);
		return { json: { ...(await call.api.call('setAutomatic', { body })) } };
	},
};

/** The settings that are no switches. */
const SPECIAL: Record<string, (call: OperationCall) => unknown> = {
	messagesPerMinute: (call) =>
		readNumber(call, 'settings.messagesPerMinute', 'Messages per Minute'),
	proxyUrl: (call) => readText(call, 'settings.proxyUrl').trim() || null,
	rejectCallsText: (call) => readText(call, 'settings.rejectCallsText').trim() || null,
};

function readSettings(call: OperationCall): IDataObject {
	const given = call.context.getNodeParameter('settings', call.itemIndex, {}) as IDataObject;
	const settings = Object.entries(given).map(([name, value]) => {
		const readSpecial = SPECIAL[name];
		return [name, readSpecial ? readSpecial(call) : isOn(value)];
	});
	if (settings.length > 0) return Object.fromEntries(settings) as IDataObject;
	throw new ApiFailure('there is nothing to change', {
		hint: 'Add at least one setting under “Settings”.',
	});
}
