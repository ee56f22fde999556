import type { INodeProperties } from 'n8n-workflow';
import { toListMode } from './toListMode';

/** A group this account is in; read by readGroupId.ts. */
export const groupField: INodeProperties = {
	displayName: 'Group',
	name: 'groupId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		toListMode('searchGroups'),
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 120363025246125486@g.us',
			hint: 'Ends in @g.us, such as the number in an event of a group',
		},
	],
};
