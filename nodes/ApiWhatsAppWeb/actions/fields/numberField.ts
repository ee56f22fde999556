import type { INodeProperties } from 'n8n-workflow';

/** A phone number, which cannot be chosen from a list: nobody has written to it yet. */
export const numberField: INodeProperties = {
	displayName: 'Number',
	name: 'number',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5554991997181',
	description: 'Phone number with country code, in any spelling',
};
