import { LIST_FIELDS } from '../fields/listFields';
import { listChats } from '../lists';
import type { Operation } from '../Operation';
import { readEntries } from '../readEntries';

/** `GET /api/chats` */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many chats',
	description: 'List the conversations with people and groups',
	route: 'listChats',
	attempt: 'list the chats',
	properties: LIST_FIELDS,
	async execute(call) {
		return await readEntries(call, (page) => listChats(call.api, page));
	},
};
