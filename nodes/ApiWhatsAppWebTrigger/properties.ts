import type { INodeProperties } from 'n8n-workflow';
import { eventField } from '../ApiWhatsAppWeb/actions/eventField';
import { MESSAGE_TYPE_OPTIONS } from '../ApiWhatsAppWeb/actions/fields/messageTypeOptions';

/** The fields of the trigger; readSettings.ts reads them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: eventField.options,
		default: ['received'],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Download Media',
				name: 'downloadMedia',
				type: 'boolean',
				default: true,
				description:
					'Whether the picture, video, audio, document or sticker of a received message comes as a file of n8n. When it cannot be fetched, the field mediaError says why.',
			},
			{
				displayName: 'Include Groups',
				name: 'includeGroups',
				type: 'boolean',
				default: true,
				description: 'Whether messages in groups start the workflow too',
			},
			{
				displayName: 'Include Own Messages',
				name: 'includeFromMe',
				type: 'boolean',
				default: false,
				description:
					'Whether Received is also about what the owner types on the phone. Mind loops: leave it off when the workflow answers.',
			},
			{
				displayName: 'Only These Chats',
				name: 'chats',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5554991997181, 120363025246125486@g.us',
				description:
					'Numbers with country code, or IDs of groups, separated by commas. Empty means all chats.',
			},
			{
				displayName: 'Only These Types',
				name: 'types',
				type: 'multiOptions',
				options: MESSAGE_TYPE_OPTIONS,
				default: [],
				description:
					'Which kinds of received messages start the workflow. Empty means all but Group Change and Unknown, which is what this version has no word for or cannot read.',
			},
			{
				displayName: 'Put Media in Field',
				name: 'binaryPropertyName',
				type: 'string',
				default: 'data',
				placeholder: 'e.g. data',
				description: 'The name of the output field to put a downloaded file in',
			},
		],
	},
	// n8n shows notices as plain text, whatever markup they hold.
	{
		displayName:
			'With a session runner the webhook URLs above need not be copied anywhere. The embedded one needs no public address; one at a URL must be able to reach n8n’s.',
		name: 'runnerNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName:
			'Only with the hosted service: Sent is set up for you when you publish the workflow. For each other event, copy the production URL from “Webhook URLs” above into that event’s field in the service’s panel, with ?event=received (or status, disconnected, connected) at its end. The service does not sign what it sends: the long random part of the URL is what protects it, so keep it secret. Test runs and unpublishing leave the URLs at the service as they are.',
		name: 'hostedNotice',
		type: 'notice',
		default: '',
	},
];
