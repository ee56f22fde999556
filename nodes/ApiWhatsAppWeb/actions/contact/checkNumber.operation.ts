import { numberField } from '../fields/numberField';
import type { Operation } from '../Operation';
import { readRecipient } from '../readRecipient';

/** `GET /api/numbers/:number` */
export const checkNumber: Operation = {
	name: 'Check Number',
	value: 'checkNumber',
	action: 'Check whether a number is on WhatsApp',
	description:
		'Tell whether a number is on WhatsApp and which ID it has there, Brazil’s ninth digit put right',
	route: 'checkNumber',
	attempt: 'check the number',
	properties: [numberField],
	async execute(call) {
		const params = { number: readRecipient(call) };
		return { json: { ...(await call.api.call('checkNumber', { params })) } };
	},
};
