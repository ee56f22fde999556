import { FILE_FIELDS } from '../fields/fileFields';
import { recipientField } from '../fields/recipientField';
import { FILE_OPTIONS, toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { sendFile } from './sendFile';

/** `POST /api/sticker` */
export const sendSticker: Operation = {
	name: 'Send Sticker',
	value: 'sendSticker',
	action: 'Send a sticker',
	description: 'Send a sticker made of a WebP, PNG or JPEG file',
	route: 'sendSticker',
	attempt: 'send the sticker',
	properties: [recipientField, ...FILE_FIELDS, toOptionsField(...FILE_OPTIONS)],
	async execute(call) {
		return await sendFile(call, { route: 'sendSticker', name: 'sticker' });
	},
};
