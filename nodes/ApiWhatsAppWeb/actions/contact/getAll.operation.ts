import { LIST_FIELDS } from '../fields/listFields';
import { listContacts } from '../lists';
import type { Operation } from '../Operation';
import { readEntries } from '../readEntries';

/** `GET /api/contacts` */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many contacts',
	description: 'List the people this account writes with or has in its address book',
	route: 'listContacts',
	attempt: 'list the contacts',
	properties: LIST_FIELDS,
	async execute(call) {
		return await readEntries(call, (page) => listContacts(call.api, page));
	},
};
