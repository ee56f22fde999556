import { captionField, FILE_FIELDS } from '../fields/fileFields';
import { recipientField } from '../fields/recipientField';
import { FILE_OPTIONS, toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { readText } from '../readInput';
import { sendFile } from './sendFile';

/** `POST /api/document` */
export const sendDocument: Operation = {
	name: 'Send Document',
	value: 'sendDocument',
	action: 'Send a document',
	description: 'Send a file of any kind to a person or a group',
	route: 'sendDocument',
	attempt: 'send the document',
	properties: [recipientField, ...FILE_FIELDS, captionField, toOptionsField(...FILE_OPTIONS)],
	async execute(call) {
		return await sendFile(call, {
			route: 'sendDocument',
			name: 'document',
			fields: { caption: readText(call, 'caption') },
		});
	},
};
