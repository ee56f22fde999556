import { LIST_FIELDS } from '../fields/listFields';
import type { Operation } from '../Operation';
import { readEntries } from '../readEntries';

/** `GET /api/groups`, which knows no pages. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'List the groups this account is in',
	route: 'listGroups',
	attempt: 'list the groups',
	properties: LIST_FIELDS,
	async execute(call) {
		return await readEntries(call, async () => {
			const { groups } = await call.api.call('listGroups');
			return { entries: groups, next: null };
		});
	},
};
