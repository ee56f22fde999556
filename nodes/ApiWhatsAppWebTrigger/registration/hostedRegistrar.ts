import { ApiFailure } from '../../ApiWhatsAppWeb/transport';
import { toFingerprint, toUrlToken } from '../toSecrets';
import type { Registrar, Registration } from './Registration';

/**
 * The hosted service: its documentation has one call, which sets the URL of Sent, and none to read
 * or clear it. What was set is remembered in the workflow; the other URLs are pasted by the user.
 */
export const hostedRegistrar: Registrar = {
	async exists(registration) {
		if (!isSettingUrl(registration)) return true;
		return registration.staticData[MEMORY] === toMemory(registration);
	},

	async create(registration) {
		if (!isSettingUrl(registration)) return;
		const URL = toSentUrl(registration);
		await registration.api.call('setWebhook', { params: { event: 'sent' }, body: { URL } });
		registration.staticData[MEMORY] = toMemory(registration);
	},

	async remove(registration) {
		// A test run has set nothing, and forgetting here would forget what production has set.
		if (!registration.isTest) delete registration.staticData[MEMORY];
	},
};

const MEMORY = 'sentUrlFingerprint';

/** The service has one URL per event: a test run that took it would silence production. */
function isSettingUrl({ settings, isTest }: Registration): boolean {
	return !isTest && settings.events.includes('sent');
}

function toSentUrl({ api, webhookUrl, webhookPath }: Registration): string {
	if (!webhookUrl.startsWith('https:')) {
		throw new ApiFailure('The hosted service only delivers to HTTPS', {
			hint: 'Set WEBHOOK_URL of n8n to its public https:// address, or choose the embedded session runner in the credential, which needs no public address.',
		});
	}
	const url = new URL(webhookUrl);
	url.searchParams.set('event', 'sent');
	url.searchParams.set('token', toUrlToken(api.connection.headers.apiKey, webhookPath));
	return url.href;
}

function toMemory(registration: Registration): string {
	const { baseUrl, headers } = registration.api.connection;
	return toFingerprint(headers.apiKey, [baseUrl, headers.id, toSentUrl(registration)]);
}
