import type { CreatedInstance, CreateInstanceRequest } from '../../contract';
import type { WebhookConfigPort } from '../http/ports';
import type { SessionsPort } from '../sessions/SessionPort';
import type { InstanceStore } from './InstanceStore';

/**
 * Makes an instance with its webhook URLs, all or nothing: a refused URL or a taken name creates
 * nothing. Throws `instance_exists`, `https_webhook_required`, `webhook_address_refused`.
 */
export async function createInstance(
	parts: { instances: InstanceStore; sessions: SessionsPort; webhookConfig: WebhookConfigPort },
	{ name, webhooks = {} }: CreateInstanceRequest,
): Promise<CreatedInstance> {
	const draft = parts.instances.draft(name);
	const slots = parts.webhookConfig.stageUrls(draft.created.id, webhooks);
	await parts.instances.insert(draft, slots.statements);
	slots.announce();
	parts.sessions.add(draft.created.id);
	return draft.created;
}
