import type { IHookFunctions } from 'n8n-workflow';
import { ApiFailure, openClient } from '../../ApiWhatsAppWeb/transport';
import { readSettings } from '../readSettings';
import { toWebhookPath } from '../toWebhookPath';
import type { Registration } from './Registration';

/**
 * Gathers what registering takes. This is what starts the embedded runner when n8n starts: n8n asks
 * for each active workflow whether its webhooks exist. Rejects with an ApiFailure.
 */
export async function openRegistration(context: IHookFunctions): Promise<Registration> {
	const settings = readSettings(context);
	const webhookUrl = context.getNodeWebhookUrl('default');
	if (webhookUrl === undefined) {
		throw new ApiFailure('n8n gave this node no webhook URL', {
			hint: 'Delete the node and add it again.',
		});
	}
	return {
		api: await openClient(context, await context.getCredentials('apiWhatsAppWebApi')),
		settings,
		webhookUrl,
		webhookPath: toWebhookPath(context.getWorkflow().id, context.getNode()),
		isTest: context.getActivationMode() === 'manual',
		staticData: context.getWorkflowStaticData('node'),
	};
}
