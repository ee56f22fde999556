import type { INodeProperties } from 'n8n-workflow';

/** Which message it is about; read by readMessageId.ts. */
export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. {{ $json.messageId }}',
	description:
		'As sending operations and events give it. Messages can be looked up for 30 days unless the session runner is set otherwise.',
};
