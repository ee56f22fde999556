import { groupField } from '../fields/groupField';
import type { Operation } from '../Operation';
import { readGroupId } from '../readGroupId';

/** `GET /api/groups/:groupId` */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a group',
	description: 'Show a group with its members',
	route: 'getGroup',
	attempt: 'look up the group',
	properties: [groupField],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		return { json: { ...(await call.api.call('getGroup', { params })) } };
	},
};
