import { LIST_FIELDS } from '../fields/listFields';
import { listMessages } from '../lists';
import type { Operation } from '../Operation';
import { readEntries } from '../readEntries';
import { messageFiltersField } from './messageFiltersField';
import { readMessageFilters } from './readMessageFilters';

/** `GET /api/messages` */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'List messages that came and went, newest first',
	route: 'listMessages',
	attempt: 'list the messages',
	properties: [...LIST_FIELDS, messageFiltersField],
	async execute(call) {
		const filters = readMessageFilters(call);
		return await readEntries(call, (page) => listMessages(call.api, page, filters));
	},
};
