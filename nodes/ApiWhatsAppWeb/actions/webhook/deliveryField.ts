import type { INodeProperties } from 'n8n-workflow';

/** One delivery; read by readRequired. */
export const deliveryField: INodeProperties = {
	displayName: 'Delivery',
	name: 'deliveryId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDeliveries', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. dlv_00001042',
			hint: 'The ID that List Deliveries gives, such as {{ $json.id }}',
		},
	],
};
