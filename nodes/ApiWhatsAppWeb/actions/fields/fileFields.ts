import type { INodeProperties } from 'n8n-workflow';

/** Where the file comes from; read by file/readFile.ts. */
export const FILE_FIELDS: INodeProperties[] = [
	{
		displayName: 'File Source',
		name: 'fileSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Base64',
				value: 'base64',
				description: 'A text that holds the file: base64 or a data URI',
			},
			{
				name: 'Binary File of the Item',
				value: 'binary',
				description: 'A file that a node before this one has put out',
			},
			{
				name: 'URL',
				value: 'url',
				description: 'A public https:// address; the session runner fetches the file',
			},
		],
		default: 'binary',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the file',
		displayOptions: { show: { fileSource: ['binary'] } },
	},
	{
		displayName: 'URL',
		name: 'fileUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/photo.jpg',
		displayOptions: { show: { fileSource: ['url'] } },
	},
	{
		displayName: 'Base64',
		name: 'fileBase64',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. data:image/png;base64,iVBORw0…',
		displayOptions: { show: { fileSource: ['base64'] } },
	},
];

/** The text below a picture, a video or a document. */
export const captionField: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Your invoice',
	description: 'The text below it, up to 1,024 characters',
};
