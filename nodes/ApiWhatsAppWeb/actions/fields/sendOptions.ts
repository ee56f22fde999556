import type { INodeProperties } from 'n8n-workflow';

/** What every message to a chat may carry; read by readSendOptions.ts. */
export const SEND_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Mention Everyone',
		name: 'mentionEveryone',
		type: 'boolean',
		default: true,
		description:
			'Whether everybody in the group is named, whatever stands under Mentions. In the text that stands as @all. Only in groups.',
	},
	{
		displayName: 'Mentions',
		name: 'mentions',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5554991997181, 15550001001',
		description:
			'Who is named with @, separated by commas. In the text each stands as @ and the digits of the number.',
	},
	{
		displayName: 'Reply to Message ID',
		name: 'quotedMessageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.messageId }}',
		description: 'The message this one answers; it is shown quoted above it',
	},
	{
		displayName: 'Reply to Message in Chat',
		name: 'quotedChat',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.chat.id }}',
		description:
			'The number or group that message stands in, where it is another chat than this one',
	},
	{
		displayName: 'Show Typing',
		name: 'typing',
		type: 'boolean',
		default: false,
		description:
			'Whether the other side sees “typing…” or “recording…” first, for a time in proportion to the length',
	},
];

/** What only some messages carry; each operation names those it has. */
const MORE_OPTIONS = {
	viewOnce: {
		displayName: 'View Once',
		name: 'viewOnce',
		type: 'boolean',
		default: false,
		description: 'Whether it can be opened once only',
	},
	gif: {
		displayName: 'Play as GIF',
		name: 'gif',
		type: 'boolean',
		default: false,
		description: 'Whether it plays in a loop and without sound',
	},
	linkPreview: {
		displayName: 'Link Preview',
		name: 'linkPreview',
		type: 'boolean',
		default: false,
		description:
			'Whether a preview of the first link is shown. The session runner opens the link for it.',
	},
	fileName: {
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice.pdf',
		description: 'Another name than the file has',
	},
	mimetype: {
		displayName: 'MIME Type',
		name: 'mimetype',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/pdf',
		description: 'Another type than the one found in the file',
	},
} satisfies Record<string, INodeProperties>;

/** The collection “Options” of a sending operation, sorted as n8n shows them. */
export function toOptionsField(...names: Array<keyof typeof MORE_OPTIONS>): INodeProperties {
	const options = [...SEND_OPTIONS, ...names.map((name): INodeProperties => MORE_OPTIONS[name])];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** Those that every file may carry. */
export const FILE_OPTIONS = ['fileName', 'mimetype'] as const;
