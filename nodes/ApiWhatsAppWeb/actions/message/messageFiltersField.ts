import type { INodeProperties } from 'n8n-workflow';
import { MESSAGE_TYPE_OPTIONS } from '../fields/messageTypeOptions';

/** Which messages are listed; read by readMessageFilters.ts. */
export const messageFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Chat',
			name: 'chat',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5554991997181',
			description: 'Number with country code, or the ID of a group (…@g.us)',
		},
		{
			displayName: 'Direction',
			name: 'fromMe',
			type: 'options',
			options: [
				{ name: 'Received', value: 'false' },
				{ name: 'Sent', value: 'true' },
			],
			default: 'false',
		},
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only messages of this time and later, in the time zone of the workflow',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: MESSAGE_TYPE_OPTIONS,
			default: 'text',
		},
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description: 'Only messages before this time, in the time zone of the workflow',
		},
	],
};
