import type { CreatedInstance, CreateInstanceRequest } from '../../contract';
import type { WebhookConfigPort } from '../http/ports';
import type { SessionsPort } from '../sessions/SessionPort';
import type { InstanceSettings } from './InstanceSettings';
import type { InstanceStore } from './InstanceStore';

/**
 * Makes an instance with its webhook URLs, all or nothing: a refused URL or a taken name creates
 * nothing. Throws `instance_exists`, `https_webhook_required`, `webhook_address_refused`,
 * `invalid_proxy_url`, `proxy_address_refused`.
 */
export async function createInstance(
	parts: {
		instances: InstanceStore;
		sessions: SessionsPort;
		webhookConfig: WebhookConfigPort;
		settings: InstanceSettings;
	},
	{ name, webhooks = {}, proxyUrl = null }: CreateInstanceRequest,
): Promise<CreatedInstance> {
	const draft = parts.instances.draft(name);
	const slots = parts.webhookConfig.stageUrls(draft.created.id, webhooks);
	const proxy = parts.settings.stageProxy(draft.created.id, proxyUrl);
	await parts.instances.insert(draft, [...slots.statements, ...proxy]);
	slots.announce();
	parts.sessions.add(draft.created.id);
	return draft.created;
}
