import type { INodeProperties } from 'n8n-workflow';

/** The chat a message stands in, where its ID is not enough; read by readInChat.ts. */
export const inChatField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Chat',
			name: 'chat',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.chat.id }}',
			description:
				'The number or group the message stands in. Senders make up message IDs: of several with the same one, the first is taken.',
		},
	],
};
