import type { INodeProperties } from 'n8n-workflow';

/** The cards of Send Contact. */
export const contactsField: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Contact' },
	default: { contact: [{ name: '', phone: '' }] },
	placeholder: 'Add Contact',
	required: true,
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana Souza',
				},
				{
					displayName: 'Number',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. 5554991997181',
					description: 'Phone number with country code, in any spelling',
				},
				{
					displayName: 'Organization',
					name: 'organization',
					type: 'string',
					default: '',
					placeholder: 'e.g. Acme',
				},
			],
		},
	],
};
