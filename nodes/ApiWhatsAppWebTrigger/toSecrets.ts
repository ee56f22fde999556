import { createHmac } from 'node:crypto';
import { SECRET_PREFIX } from '../../contract';

/**
 * The signing secret of a trigger's subscription. It is derived from the connection's key, so that
 * every process of n8n (main, worker, webhook processor) knows it without asking anybody and nothing
 * has to be stored.
 */
export function toSigningSecret(key: string, webhookPath: string): string {
	return SECRET_PREFIX + toMac(key, `subscription:${webhookPath}`).toString('base64');
}

/** The token in the URL that the trigger sets at the hosted service, which signs nothing. */
export function toUrlToken(key: string, webhookPath: string): string {
	return toMac(key, `url token:${webhookPath}`).toString('base64url');
}

/** Tells one set of settings from another; says nothing about a secret that is part of it. */
export function toFingerprint(key: string, settings: unknown): string {
	return toMac(key, `settings:${JSON.stringify(settings)}`)
		.toString('base64url')
		.slice(0, 16);
}

function toMac(key: string, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}
