import type { INodeProperties } from 'n8n-workflow';

/** Whom or where a message goes to; read by readRecipient.ts. Old workflows hold a plain text here. */
export const recipientField: INodeProperties = {
	displayName: 'To',
	name: 'number',
	type: 'resourceLocator',
	default: { mode: 'number', value: '' },
	required: true,
	description: 'The person or the group it is for',
	modes: [
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. 5554991997181',
			hint: 'Phone number with country code, in any spelling',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchRecipients', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 120363025246125486@g.us',
			hint: 'ID of a group (…@g.us) or of a contact (…@lid), such as the number in a Received event; needs a session runner',
		},
	],
};

/** The same for what is about a conversation. */
export const chatField: INodeProperties = {
	...recipientField,
	displayName: 'Chat',
	description: 'The conversation with a person, or a group',
};
