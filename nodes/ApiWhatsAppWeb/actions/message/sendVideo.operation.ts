import { captionField, FILE_FIELDS } from '../fields/fileFields';
import { recipientField } from '../fields/recipientField';
import { FILE_OPTIONS, toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { readText } from '../readInput';
import { sendFile } from './sendFile';

/** `POST /api/video` */
export const sendVideo: Operation = {
	name: 'Send Video',
	value: 'sendVideo',
	action: 'Send a video',
	description: 'Send a video to a person or a group',
	route: 'sendVideo',
	attempt: 'send the video',
	properties: [
		recipientField,
		...FILE_FIELDS,
		captionField,
		toOptionsField(...FILE_OPTIONS, 'gif', 'viewOnce'),
	],
	async execute(call) {
		return await sendFile(call, {
			route: 'sendVideo',
			name: 'video',
			fields: { caption: readText(call, 'caption') },
		});
	},
};
