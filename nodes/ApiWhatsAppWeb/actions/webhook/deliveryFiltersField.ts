import { eventField } from '../eventField';
import { toFiltersField, toTimeFilter } from '../fields/filtersField';

/** Which deliveries; read by readDeliveryFilters.ts. */
export const deliveryFiltersField = toFiltersField([
	eventField,
	toTimeFilter('Since', 'Only events of this time and later'),
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
	toTimeFilter('Until', 'Only events up to this time'),
]);
