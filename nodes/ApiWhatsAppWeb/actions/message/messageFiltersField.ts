import { toFiltersField, toTimeFilter } from '../fields/filtersField';
import { MESSAGE_TYPE_OPTIONS } from '../fields/messageTypeOptions';

/** Which messages are listed; read by readMessageFilters.ts. */
export const messageFiltersField = toFiltersField([
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
	toTimeFilter('Since', 'Only messages of this time and later'),
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: MESSAGE_TYPE_OPTIONS,
		default: 'text',
	},
	toTimeFilter('Until', 'Only messages before this time'),
]);
