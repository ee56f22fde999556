import type { IDataObject } from 'n8n-workflow';
import { ApiFailure } from '../../transport';
import { groupField } from '../fields/groupField';
import type { Operation, OperationCall } from '../Operation';
import { isOn, readText } from '../readInput';
import { readGroupId } from '../readGroupId';

/** `PATCH /api/groups/:groupId` */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a group',
	description: 'Change the subject, the description and who may do what in a group',
	route: 'updateGroup',
	attempt: 'update the group',
	properties: [
		groupField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description: 'Leave it empty to take the description away',
				},
				{
					displayName: 'Only Admins Change the Group',
					name: 'locked',
					type: 'boolean',
					default: true,
					description: 'Whether only admins may change subject, description and picture',
				},
				{
					displayName: 'Only Admins Write',
					name: 'announce',
					type: 'boolean',
					default: true,
					description: 'Whether only admins may send messages',
				},
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					description: 'The name of the group',
				},
			],
		},
	],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		const body = readFields(call);
		return { json: { ...(await call.api.call('updateGroup', { params, body })) } };
	},
};

function readFields(call: OperationCall): IDataObject {
	const given = call.context.getNodeParameter('updateFields', call.itemIndex, {});
	const fields = Object.entries(given as object).map(([name, value]: [string, unknown]) => [
		name,
		name === 'announce' || name === 'locked' ? isOn(value) : readText(call, `updateFields.${name}`),
	]);
	if (fields.length > 0) return Object.fromEntries(fields) as IDataObject;
	throw new ApiFailure('there is nothing to change', {
		hint: 'Add at least one field under “Update Fields”.',
	});
}
