import type { Operation } from '../Operation';
import { readRequired } from '../readInput';

/** `POST /api/groups/join` */
export const join: Operation = {
	name: 'Join',
	value: 'join',
	action: 'Join a group',
	description: 'Join a group by its invite link',
	route: 'joinGroup',
	attempt: 'join the group',
	properties: [
		{
			displayName: 'Invite Link',
			name: 'invite',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv',
			description: 'The link or its code, such as the groupInvite of a Received event',
		},
	],
	async execute(call) {
		const body = { invite: readRequired(call, 'invite', 'Invite Link') };
		return { json: { ...(await call.api.call('joinGroup', { body })) } };
	},
};
