import { captionField, FILE_FIELDS } from '../fields/fileFields';
import { recipientField } from '../fields/recipientField';
import { FILE_OPTIONS, toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { readText } from '../readInput';
import { sendFile } from './sendFile';

/** `POST /api/image` */
export const sendImage: Operation = {
	name: 'Send Image',
	value: 'sendImage',
	action: 'Send an image',
	description: 'Send a picture to a person or a group',
	route: 'sendImage',
	attempt: 'send the image',
	properties: [
		recipientField,
		...FILE_FIELDS,
		captionField,
		toOptionsField(...FILE_OPTIONS, 'viewOnce'),
	],
	async execute(call) {
		return await sendFile(call, {
			route: 'sendImage',
			name: 'image',
			fields: { caption: readText(call, 'caption') },
		});
	},
};
