import { FILE_FIELDS } from '../fields/fileFields';
import { changePicture } from '../file/changePicture';
import type { Operation } from '../Operation';

/** `PUT /api/config/image` */
export const setProfilePicture: Operation = {
	name: 'Set Profile Picture',
	value: 'setProfilePicture',
	action: 'Set the profile picture',
	description: 'Change the profile picture of the linked account',
	route: 'setImage',
	attempt: 'set the profile picture',
	properties: [...FILE_FIELDS],
	async execute(call) {
		return await changePicture(call, 'setImage');
	},
};
