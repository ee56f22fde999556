import { groupField } from '../fields/groupField';
import { participantsField } from '../fields/participantsField';
import type { Operation } from '../Operation';
import { changeMembers } from './changeMembers';

/** `POST /api/groups/:groupId/participants` */
export const addMembers: Operation = {
	name: 'Add Members',
	value: 'addMembers',
	action: 'Add members to a group',
	description: 'Add people to a group; the output tells for each whether it worked',
	route: 'changeParticipants',
	attempt: 'add the members',
	properties: [groupField, participantsField],
	async execute(call) {
		return await changeMembers(call, 'add');
	},
};
