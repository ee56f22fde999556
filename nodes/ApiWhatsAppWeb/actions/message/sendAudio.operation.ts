import { FILE_FIELDS } from '../fields/fileFields';
import { recipientField } from '../fields/recipientField';
import { FILE_OPTIONS, toOptionsField } from '../fields/sendOptions';
import { readFlag } from '../readInput';
import type { Operation } from '../Operation';
import { sendFile } from './sendFile';

/** `POST /api/audio` */
export const sendAudio: Operation = {
	name: 'Send Audio',
	value: 'sendAudio',
	action: 'Send audio or a voice note',
	description: 'Send a sound file or a voice note to a person or a group',
	route: 'sendAudio',
	attempt: 'send the audio',
	properties: [
		recipientField,
		...FILE_FIELDS,
		{
			displayName: 'Voice Note',
			name: 'voice',
			type: 'boolean',
			default: true,
			description:
				'Whether it is shown as if it were recorded on the phone. MP3, WAV, M4A and OGG are converted.',
		},
		toOptionsField(...FILE_OPTIONS, 'viewOnce'),
	],
	async execute(call) {
		const voice = readFlag(call, 'voice', true);
		return await sendFile(call, { route: 'sendAudio', name: 'audio', fields: { voice } });
	},
};
