import type { IDataObject } from 'n8n-workflow';
import { ApiFailure } from '../../transport';
import type { Operation, OperationCall } from '../Operation';
import { readRequired, readText } from '../readInput';
import { deliveryField } from './deliveryField';
import { deliveryFiltersField } from './deliveryFiltersField';
import { readDeliveryFilters } from './readDeliveryFilters';

/** `POST /api/deliveries/:id/redeliver` and `POST /api/deliveries/redeliver` */
export const redeliver: Operation = {
	name: 'Redeliver',
	value: 'redeliver',
	action: 'Deliver events again',
	description:
		'Deliver one event again, all that failed, or those of a time: the same content under the same ID',
	route: 'redeliver',
	attempt: 'deliver again',
	properties: [
		{
			displayName: 'Deliveries',
			name: 'deliveries',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'All That Failed',
					value: 'failed',
					description: 'Every failed one; they are kept for 30 days',
				},
				{
					name: 'By Filter',
					value: 'filtered',
					description: 'Those of an event, a state or a time',
				},
				{ name: 'One', value: 'one', description: 'A single one, by its ID' },
			],
			default: 'one',
		},
		{ ...deliveryField, displayOptions: { show: { deliveries: ['one'] } } },
		{
			...deliveryFiltersField,
			description: 'Which ones; of those the failed ones, unless “State” says otherwise',
			displayOptions: { show: { deliveries: ['filtered'] } },
		},
		{
			displayName:
				'A trigger does not start its workflow again on an event that has started it before. To run such an execution again, use “Retry” in n8n’s list of executions.',
			name: 'repeatNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute(call) {
		const body = readMany(call);
		if (body) return { json: { ...(await call.api.call('redeliverMany', { body })) } };
		const params = { id: readRequired(call, 'deliveryId', 'Delivery') };
		return { json: { ...(await call.api.call('redeliver', { params })) } };
	},
};

/** Which ones; undefined when it is about a single one. */
function readMany(call: OperationCall): IDataObject | undefined {
	const deliveries = readText(call, 'deliveries');
	if (deliveries === 'failed') return { state: 'failed' };
	return deliveries === 'filtered' ? readFilters(call) : undefined;
}

/** An expression that gives nothing must not mean all of them. */
function readFilters(call: OperationCall): IDataObject {
	const filters = readDeliveryFilters(call);
	if (Object.keys(filters).length > 0) return filters;
	throw new ApiFailure('no filter is given', {
		hint: 'Add at least one under “Filters”, or choose “All That Failed”.',
	});
}
