import type { INodeProperties } from 'n8n-workflow';

/** The text of a message; read by readMessage. */
export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
};
