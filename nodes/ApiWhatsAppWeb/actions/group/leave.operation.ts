import { groupField } from '../fields/groupField';
import type { Operation } from '../Operation';
import { readGroupId } from '../readGroupId';

/** `POST /api/groups/:groupId/leave` */
export const leave: Operation = {
	name: 'Leave',
	value: 'leave',
	action: 'Leave a group',
	description: 'Leave a group; its members see that this account has left',
	route: 'leaveGroup',
	attempt: 'leave the group',
	properties: [groupField],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		return { json: { ...(await call.api.call('leaveGroup', { params })) } };
	},
};
