import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { RESOURCES } from './actions/resources';
import { router } from './actions/router';
import { toProperties } from './actions/toProperties';
import { testConnection } from './credentialTest/testConnection';
import { searchContacts } from './listSearch/searchContacts';
import { searchDeliveries } from './listSearch/searchDeliveries';
import { searchGroups } from './listSearch/searchGroups';
import { searchRecipients } from './listSearch/searchRecipients';

/** The action node: what it can do stands in actions/resources.ts. */
export class ApiWhatsAppWeb implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'API WhatsApp Web',
		name: 'apiWhatsAppWeb',
		icon: {
			light: 'file:../../icons/apiWhatsAppWeb.svg',
			dark: 'file:../../icons/apiWhatsAppWeb.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["resource"] + ": " + $parameter["operation"] }}',
		description: 'Send WhatsApp messages and media, manage groups, link phones by QR code',
		defaults: { name: 'API WhatsApp Web' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiWhatsAppWebApi', required: true, testedBy: 'testConnection' }],
		properties: toProperties(RESOURCES, 'message'),
	};

	methods = {
		credentialTest: { testConnection },
		listSearch: { searchContacts, searchDeliveries, searchGroups, searchRecipients },
	};

	async execute(this: IExecuteFunctions) {
		return await router.call(this);
	}
}
