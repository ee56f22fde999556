import { participantsField } from '../fields/participantsField';
import type { Operation } from '../Operation';
import { readRequired, readText } from '../readInput';
import { readParticipants } from '../readNumbers';

/** `POST /api/groups` */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a group',
	description: 'Create a group with these members',
	route: 'createGroup',
	attempt: 'create the group',
	properties: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Team',
			description: 'The name of the group',
		},
		participantsField,
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
		},
	],
	async execute(call) {
		const description = readText(call, 'description').trim();
		const body = {
			subject: readRequired(call, 'subject', 'Subject'),
			participants: readParticipants(call),
			...(description ? { description } : {}),
		};
		return { json: { ...(await call.api.call('createGroup', { body })) } };
	},
};
