import { contactField } from '../fields/recipientField';
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
	properties: [contactField],
	async execute(call) {
		const params = { number: readRecipient(call) };
		return { json: { ...(await call.api.call('getContact', { params })) } };
	},
};
