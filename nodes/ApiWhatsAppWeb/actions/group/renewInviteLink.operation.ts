import { groupField } from '../fields/groupField';
import type { Operation } from '../Operation';
import { readGroupId } from '../readGroupId';

/** `POST /api/groups/:groupId/invite` */
export const renewInviteLink: Operation = {
	name: 'Renew Invite Link',
	value: 'renewInviteLink',
	action: 'Renew the invite link of a group',
	description: 'Make a new invite link; the one before is void at once',
	route: 'renewInvite',
	attempt: 'renew the invite link',
	properties: [groupField],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		return { json: { ...(await call.api.call('renewInvite', { params })) } };
	},
};
