import { groupField } from '../fields/groupField';
import { participantsField } from '../fields/participantsField';
import type { Operation } from '../Operation';
import { changeMembers } from './changeMembers';

/** `POST /api/groups/:groupId/participants` */
export const demoteMembers: Operation = {
	name: 'Demote Members',
	value: 'demoteMembers',
	action: 'Take admin rights from members',
	description: 'Make admins of a group ordinary members',
	route: 'changeParticipants',
	attempt: 'demote the members',
	properties: [groupField, participantsField],
	async execute(call) {
		return await changeMembers(call, 'demote');
	},
};
