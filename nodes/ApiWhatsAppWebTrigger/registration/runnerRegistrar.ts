import type { IDataObject } from 'n8n-workflow';
import { SECRET_DAMAGED, type SubscriptionView } from '../../../contract';
import { ApiFailure } from '../../ApiWhatsAppWeb/transport';
import { findDeliveryUrl } from '../../embedded/findDeliveryUrl';
import { toFingerprint, toSigningSecret } from '../toSecrets';
import type { Registrar, Registration } from './Registration';

/**
 * A session runner, embedded or at a URL: one subscription per webhook URL. Fingerprints of the secret
 * and of the settings stand in the subscription's URL, so the runner's list alone tells whether it is
 * up to date, the secret included, which no list shows.
 */
export const runnerRegistrar: Registrar = {
	async exists(registration) {
		const url = await toSubscriptionUrl(registration);
		const ours = await listOurs(registration);
		const current = ours.find((each) => isCurrent(each, url));
		// A stale one stays until `create` has made its successor, so that nothing falls in between.
		if (current) await removeAll(registration, without(ours, current));
		return current !== undefined;
	},

	async create(registration) {
		const url = await toSubscriptionUrl(registration);
		await subscribe(registration, url);
		// Several mains of n8n register at the same time when they start: all keep the same one.
		const ours = await listOurs(registration);
		const kept = ours.find((each) => isCurrent(each, url));
		if (kept) await removeAll(registration, without(ours, kept));
	},

	async remove(registration) {
		await removeAll(registration, await listOurs(registration));
	},
};

/** Changes what is there, so that what waits for it is not lost; a new secret takes a new one. */
async function subscribe(registration: Registration, url: string): Promise<void> {
	const { api, settings, webhookPath } = registration;
	const body = { url, events: settings.events, filters: settings.filters as IDataObject };
	const secret = toSigningSecret(api.connection.headers.apiKey, webhookPath);
	const stale = (await listOurs(registration)).find((each) => hasSecretOf(each, url));
	if (stale) {
		const isDamaged = stale.disabled === SECRET_DAMAGED;
		await api.call('updateSubscription', {
			params: { id: stale.id },
			body: isDamaged ? { ...body, secret } : body,
		});
		return;
	}
	await api.call('createSubscription', { body: { ...body, secret } });
}

function hasSecretOf(subscription: SubscriptionView, url: string): boolean {
	return toParts(subscription.url)[0] === toParts(url)[0];
}

/** The fingerprints of the secret and of the settings. */
function toParts(url: string): string[] {
	return (new URL(url).searchParams.get('settings') ?? '').split('.');
}

function isCurrent(subscription: SubscriptionView, url: string): boolean {
	return subscription.url === url && subscription.disabled === null;
}

function without(all: SubscriptionView[], kept: SubscriptionView): SubscriptionView[] {
	return all.filter(({ id }) => id !== kept.id);
}

async function toSubscriptionUrl(registration: Registration): Promise<string> {
	const { api, settings, webhookPath } = registration;
	const { events, filters } = settings;
	const { apiKey } = api.connection.headers;
	const url = new URL(await toDeliveryUrl(registration));
	const secret = toFingerprint(apiKey, ['secret', webhookPath]);
	const chosen = toFingerprint(apiKey, { events, filters, webhookPath });
	url.searchParams.set('settings', `${secret}.${chosen}`);
	return url.href;
}

/** The embedded runner shares the machine with n8n, so it needs no public address. */
async function toDeliveryUrl({ api, webhookUrl, isTest }: Registration): Promise<string> {
	if (api.connection.kind !== 'embedded') return webhookUrl;
	return await findDeliveryUrl(webhookUrl, { isTest }).catch((error: unknown): never => {
		throw new ApiFailure('n8n cannot be reached by its embedded session runner', {
			hint: error instanceof Error ? error.message : String(error),
		});
	});
}

/** Ours, oldest first. */
async function listOurs(registration: Registration): Promise<SubscriptionView[]> {
	const { subscriptions } = await registration.api.call('listSubscriptions');
	return subscriptions.filter(({ url }) => isOurs(url, registration)).sort(byAge);
}

/**
 * The embedded runner belongs to this n8n alone, so the path decides and an address of earlier is
 * found as well. A runner at a URL may serve a copy of this n8n with the same paths: there the
 * whole address decides.
 */
function isOurs(url: string, { api, webhookUrl }: Registration): boolean {
	if (!URL.canParse(url)) return false;
	const theirs = new URL(url);
	const ours = new URL(webhookUrl);
	return api.connection.kind === 'embedded'
		? toTail(theirs) === toTail(ours)
		: theirs.origin + theirs.pathname === ours.origin + ours.pathname;
}

/** `webhook/<uuid>/webhook`: what stands before it depends on proxies. */
function toTail({ pathname }: URL): string {
	return pathname.split('/').slice(-3).join('/');
}

function byAge(a: SubscriptionView, b: SubscriptionView): number {
	return a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id);
}

async function removeAll({ api }: Registration, rest: SubscriptionView[]): Promise<void> {
	for (const { id } of rest) {
		await api.call('deleteSubscription', { params: { id } }).catch((error: unknown): void => {
			// Another process of n8n was quicker.
			if (!(error instanceof ApiFailure && error.status === 404)) throw error;
		});
	}
}
