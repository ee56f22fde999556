import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readCredential } from '../../ApiWhatsAppWeb/transport';
import { readEmbeddedKey } from '../../embedded/readEmbeddedKey';
import { readSettings } from '../readSettings';
import { toSigningSecret, toUrlToken } from '../toSecrets';
import { toWebhookPath } from '../toWebhookPath';
import type { Reception } from './Delivery';
import { DeliveryMemory } from './DeliveryMemory';
import { readHostedDelivery } from './readHostedDelivery';
import { readRequest } from './readRequest';
import { readRunnerDelivery } from './readRunnerDelivery';
import { toResponse } from './WebhookResponse';

const memory = new DeliveryMemory();

/**
 * Starts the workflow on a genuine, wanted and new delivery. Only `workflowData` starts one: leaving
 * it out is how n8n is told to start none. Makes no request, so it works in every process of n8n.
 */
export async function receiveWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	let reception: Reception;
	try {
		reception = await read(this);
	} catch (error) {
		// Thrown on, it would start a failed execution. The sender keeps the event and tries again.
		const reason = error instanceof Error ? error.message : String(error);
		this.logger.error(`API WhatsApp Web Trigger cannot check a delivery: ${reason}`);
		return answer(this, 503, 'The delivery cannot be checked; the log of n8n says why');
	}
	if (reception.outcome === 'forged') return answer(this, 401, reception.reason);
	if (reception.outcome === 'unwanted') return { webhookResponse: { ignored: 'not chosen' } };
	const { body, repeatKey } = reception;
	if (repeatKey !== undefined) {
		const key = `${this.getMode()} ${toPath(this)} ${repeatKey}`;
		const state = memory.begin(key, toResponse(this));
		if (state === 'done') return { webhookResponse: { ignored: 'seen before' } };
		if (state === 'running') return answer(this, 409, 'The same delivery is being taken in');
	}
	return { workflowData: [[{ json: body }]] };
}

async function read(context: IWebhookFunctions): Promise<Reception> {
	const credential = readCredential(await context.getCredentials('apiWhatsAppWebApi'));
	const settings = readSettings(context);
	const path = toPath(context);
	const request = readRequest(context);
	if (credential.connection === 'hosted') {
		const token = toUrlToken(credential.apiKey, path);
		return readHostedDelivery(request, { settings, token, isTest: context.getMode() === 'manual' });
	}
	const key = credential.connection === 'embedded' ? readEmbeddedKey() : credential.apiKey;
	const secret = toSigningSecret(key, path);
	return readRunnerDelivery(request, { settings, secret, nowS: Date.now() / 1000 });
}

function toPath(context: IWebhookFunctions): string {
	return toWebhookPath(context.getWorkflow().id, context.getNode());
}

/** Answers by itself: n8n would send the body of an error with status 200. */
function answer(context: IWebhookFunctions, status: number, error: string): IWebhookResponseData {
	toResponse(context).status(status).json({ error }).end();
	return { noWebhookResponse: true };
}
