import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { toListMode } from './toListMode';

// n8n has little room for these labels.
const NUMBER_MODE: INodePropertyMode = {
	displayName: 'Number',
	name: 'number',
	type: 'string',
	placeholder: 'e.g. 5554991997181',
	hint: 'Phone number with country code, in any spelling',
};

/** Whom or where a message goes to; read by readRecipient.ts. Old workflows hold a plain text here. */
export const recipientField: INodeProperties = {
	displayName: 'To',
	name: 'number',
	type: 'resourceLocator',
	default: { mode: 'number', value: '' },
	required: true,
	description: 'The person or the group it is for',
	modes: [
		NUMBER_MODE,
		toListMode('searchRecipients'),
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

/** The same for what is about people alone. */
export const contactField: INodeProperties = {
	...recipientField,
	displayName: 'Contact',
	description: 'The person it is about',
	modes: [
		NUMBER_MODE,
		toListMode('searchContacts'),
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 900015550002222@lid',
			hint: 'ID of a contact (…@lid), such as the number in a Received event',
		},
	],
};
