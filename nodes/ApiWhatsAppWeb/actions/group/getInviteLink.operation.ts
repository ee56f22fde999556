import { groupField } from '../fields/groupField';
import type { Operation } from '../Operation';
import { readGroupId } from '../readGroupId';

/** `GET /api/groups/:groupId/invite` */
export const getInviteLink: Operation = {
	name: 'Get Invite Link',
	value: 'getInviteLink',
	action: 'Get the invite link of a group',
	description: 'Show the link by which people can join the group',
	route: 'getInvite',
	attempt: 'get the invite link',
	properties: [groupField],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		return { json: { ...(await call.api.call('getInvite', { params })) } };
	},
};
