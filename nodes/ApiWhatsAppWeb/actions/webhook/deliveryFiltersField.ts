import type { INodeProperties } from 'n8n-workflow';
import { eventField } from '../eventField';

/** Which deliveries; read by readDeliveryFilters.ts. */
export const deliveryFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		eventField,
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only events of this time and later, in the time zone of the workflow',
		},
		{
			displayName: 'State',
			name: 'state',
			type: 'options',
			options: [
				{
					name: 'Delivered',
					value: 'delivered',
					description: 'The receiver has accepted it',
				},
				{
					name: 'Failed',
					value: 'failed',
					description: 'Every attempt failed; it is not tried again by itself',
				},
				{
					name: 'Pending',
					value: 'pending',
					description: 'On its way, or waiting for its next attempt',
				},
			],
			default: 'failed',
		},
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description: 'Only events up to this time, in the time zone of the workflow',
		},
	],
};
