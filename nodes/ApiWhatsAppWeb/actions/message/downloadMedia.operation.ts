import { inChatField } from '../fields/inChatField';
import { messageIdField } from '../fields/messageIdField';
import { toBinary } from '../file/toBinary';
import type { Operation } from '../Operation';
import { readText } from '../readInput';
import { readInChat } from '../readInChat';
import { readMessageId } from '../readMessageId';

/** `GET /api/message/:messageId/media` */
export const downloadMedia: Operation = {
	name: 'Download Media',
	value: 'downloadMedia',
	action: 'Download the file of a message',
	description: 'Get the picture, video, audio, document or sticker of a message as a file of n8n',
	route: 'getMedia',
	attempt: 'download the file',
	properties: [
		messageIdField,
		{
			displayName: 'Put Output in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the output field to put the file in',
		},
		inChatField,
	],
	async execute(call) {
		const messageId = readMessageId(call);
		const download = await call.api.download('getMedia', {
			params: { messageId },
			...readInChat(call),
		});
		const file = await toBinary(call.context, download, { messageId });
		const { fileName = null, mimeType: mimetype, bytes: size = null } = file;
		return {
			json: { messageId, fileName, mimetype, size },
			binary: { [readText(call, 'binaryPropertyName') || 'data']: file },
		};
	},
};
