import { FILE_FIELDS } from '../fields/fileFields';
import { groupField } from '../fields/groupField';
import { changePicture } from '../file/changePicture';
import type { Operation } from '../Operation';
import { readGroupId } from '../readGroupId';

/** `PUT /api/groups/:groupId/image` */
export const setPicture: Operation = {
	name: 'Set Picture',
	value: 'setPicture',
	action: 'Set the picture of a group',
	description: 'Change the picture of a group',
	route: 'setGroupImage',
	attempt: 'set the picture',
	properties: [groupField, ...FILE_FIELDS],
	async execute(call) {
		const params = { groupId: readGroupId(call) };
		return await changePicture(call, 'setGroupImage', params);
	},
};
