import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { testConnection } from '../ApiWhatsAppWeb/credentialTest/testConnection';
import { attachMedia } from './media/attachMedia';
import { properties } from './properties';
import { receiveWebhook } from './reception/receiveWebhook';
import { checkExists, create, remove } from './registration/webhookMethods';

export class ApiWhatsAppWebTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'API WhatsApp Web Trigger',
		name: 'apiWhatsAppWebTrigger',
		icon: {
			light: 'file:../../icons/apiWhatsAppWeb.svg',
			dark: 'file:../../icons/apiWhatsAppWeb.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow on WhatsApp messages, their status and the connection’s state',
		defaults: { name: 'API WhatsApp Web Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiWhatsAppWebApi', required: true, testedBy: 'testConnection' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		eventTriggerDescription: 'Waiting for an event on WhatsApp',
		triggerPanel: {
			header: 'Execute this step, then write to the linked number from another phone',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, press “Execute step” and write to the linked number from another phone, or make another of the chosen events happen. It shows up in this editor.<br /><br /><b>Once you are happy with it</b>, publish the workflow: from then on every chosen event starts it. Those executions are in the <a data-key="executions">executions list</a>.',
				active:
					'<b>The workflow is published</b>: every chosen event starts it. Those executions are in the <a data-key="executions">executions list</a>.<br /><br /><b>To see an event here</b>, press “Execute step” and make it happen, for example write to the linked number from another phone. The published workflow gets it too.',
			},
		},
		activationMessage:
			'As soon as n8n shows the workflow as published, the chosen WhatsApp events start it.',
		properties,
	};

	methods = { credentialTest: { testConnection } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkExists.call(this);
			},
			async create(this: IHookFunctions) {
				return await create.call(this);
			},
			async delete(this: IHookFunctions) {
				return await remove.call(this);
			},
		},
	};

	/**
	 * Listens to nothing itself. At its start n8n registers webhooks again only for nodes that have this
	 * function, and with `checkExists` the embedded runner comes back.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return {};
	}

	/**
	 * Hands on what the webhook received: without it n8n would wait for `trigger` to emit. Files are
	 * fetched here, in the execution: the sender has its answer, and no delivery fails for a slow file.
	 */
	async execute(this: IExecuteFunctions) {
		return [await attachMedia.call(this)];
	}

	async webhook(this: IWebhookFunctions) {
		return await receiveWebhook.call(this);
	}
}
