import { LIST_FIELDS } from '../fields/listFields';
import { listDeliveries as listPage } from '../lists';
import type { Operation } from '../Operation';
import { readEntries } from '../readEntries';
import { deliveryFiltersField } from './deliveryFiltersField';
import { readDeliveryFilters } from './readDeliveryFilters';

/** `GET /api/deliveries` */
export const listDeliveries: Operation = {
	name: 'List Deliveries',
	value: 'listDeliveries',
	action: 'List deliveries of events',
	description:
		'List what became of the events, newest first: delivered, failed or waiting, with each attempt’s time, status, error and answer',
	route: 'listDeliveries',
	attempt: 'list the deliveries',
	properties: [...LIST_FIELDS, deliveryFiltersField],
	async execute(call) {
		const filters = readDeliveryFilters(call);
		return await readEntries(call, (page) => listPage(call.api, page, filters));
	},
};
