import { groupField } from '../fields/groupField';
import { participantsField } from '../fields/participantsField';
import type { Operation } from '../Operation';
import { changeMembers } from './changeMembers';

/** `POST /api/groups/:groupId/participants` */
export const promoteMembers: Operation = {
	name: 'Promote Members',
	value: 'promoteMembers',
	action: 'Make members admins of a group',
	description: 'Make members of a group admins',
	route: 'changeParticipants',
	attempt: 'promote the members',
	properties: [groupField, participantsField],
	async execute(call) {
		return await changeMembers(call, 'promote');
	},
};
