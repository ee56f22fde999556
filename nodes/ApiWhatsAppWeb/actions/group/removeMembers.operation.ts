import { groupField } from '../fields/groupField';
import { participantsField } from '../fields/participantsField';
import type { Operation } from '../Operation';
import { changeMembers } from './changeMembers';

/** `POST /api/groups/:groupId/participants` */
export const removeMembers: Operation = {
	name: 'Remove Members',
	value: 'removeMembers',
	action: 'Remove members from a group',
	description: 'Remove people from a group',
	route: 'changeParticipants',
	attempt: 'remove the members',
	properties: [groupField, participantsField],
	async execute(call) {
		return await changeMembers(call, 'remove');
	},
};
