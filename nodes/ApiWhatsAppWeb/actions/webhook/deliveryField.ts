import type { INodeProperties } from 'n8n-workflow';
import { toListMode } from '../fields/toListMode';

/** One delivery; read by readRequired. */
export const deliveryField: INodeProperties = {
	displayName: 'Delivery',
	name: 'deliveryId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		toListMode('searchDeliveries'),
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. dlv_00001042',
			hint: 'The ID that List Deliveries gives, such as {{ $json.id }}',
		},
	],
};
