import type { INodeProperties } from 'n8n-workflow';

/** Who it is about in a group; read by readNumbers.ts. */
export const participantsField: INodeProperties = {
	displayName: 'Members',
	name: 'participants',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5554991997181, 15550001001',
	description:
		'Phone numbers with country code, separated by commas. An expression may give a list.',
};
