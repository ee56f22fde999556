import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** How the nodes reach WhatsApp; read by nodes/ApiWhatsAppWeb/transport/readCredential.ts. */
export class ApiWhatsAppWebApi implements ICredentialType {
	name = 'apiWhatsAppWebApi';

	displayName = 'API WhatsApp Web';

	icon: Icon = {
		light: 'file:../icons/apiWhatsAppWeb.svg',
		dark: 'file:../icons/apiWhatsAppWeb.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Connection',
			name: 'connection',
			type: 'options',
			options: [
				{
					name: 'Embedded Session Runner',
					value: 'embedded',
					description: 'Nothing to install: n8n starts the session runner by itself',
				},
				{
					name: 'Session Runner at a URL',
					value: 'runner',
					description: 'A session runner that you started yourself, for n8n on several hosts',
				},
				{
					name: 'Hosted Service',
					value: 'hosted',
					description: 'The service at apiwhatsappweb.com',
				},
			],
			default: 'embedded',
		},
		{
			displayName: 'Instance Name',
			name: 'instanceName',
			type: 'string',
			default: 'default',
			description:
				'One instance is one linked phone. It is made on first use; give each further phone another name.',
			displayOptions: { show: { connection: ['embedded'] } },
		},
		{
			displayName:
				'There is nothing to fill in for the first phone. To link it, save this, close the window, run the operation Instance → Connect of the node “API WhatsApp Web”, and scan the QR code in its output.',
			name: 'linkNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { connection: ['embedded'] } },
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://session-runner:3417',
			description: 'Address of the session runner, as n8n reaches it',
			displayOptions: { show: { connection: ['runner'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Key of the instance; with a session runner the admin key works as well',
			displayOptions: { show: { connection: ['runner', 'hosted'] } },
		},
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			description:
				'Which linked phone to use. A session runner of yours prints it with the key on its first start.',
			displayOptions: { show: { connection: ['runner', 'hosted'] } },
		},
		{
			// Not shown: for those who reach the service through a gateway of their own, and for tests.
			displayName: 'Service URL',
			name: 'hostedUrl',
			type: 'hidden',
			default: 'https://apiwhatsappweb.com',
			displayOptions: { show: { connection: ['hosted'] } },
		},
	];
}
