import type { Operation } from '../Operation';
import { readRecipient } from '../readRecipient';

/** `GET /api/contacts/:number` */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a contact',
	description: 'Ask WhatsApp for a contact: name, about, picture, and the profile of a business',
	route: 'getContact',
	attempt: 'look up the contact',
	properties: [
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5554991997181',
			description: 'Phone number with country code, or the ID of a contact (…@lid)',
		},
	],
	async execute(call) {
		const params = { number: readRecipient(call) };
		return { json: { ...(await call.api.call('getContact', { params })) } };
	},
};
