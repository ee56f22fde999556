import { toOwnCertificate } from './toOwnCertificate';

/** An address of n8n on this machine: where it says that it is well, and where a webhook of it is. */
export interface LoopbackUrl {
	healthUrl: string;
	webhookUrl: string;
}

const ANY_ADDRESS: Record<string, string[]> = {
	'': ['127.0.0.1', '[::1]'],
	'::': ['127.0.0.1', '[::1]'],
	'0.0.0.0': ['127.0.0.1'],
};

/**
 * Where n8n itself, without any proxy in front, serves a webhook on loopback, best first. Empty when
 * it does not: listening elsewhere, or leaving production webhooks to separate processes.
 * `env` is that of the n8n process which registers webhooks.
 */
export function toLoopbackUrls(
	publicUrl: string,
	{ isTest, env }: { isTest: boolean; env: NodeJS.ProcessEnv },
): LoopbackUrl[] {
	if (!isTest && env.N8N_DISABLE_PRODUCTION_MAIN_PROCESS === 'true') return [];
	const path = toLocalPath(publicUrl, isTest, env);
	const isTls = toOwnCertificate(env) !== undefined;
	const health = trimSlashes(env.N8N_ENDPOINT_HEALTH || 'healthz');
	return toHosts(env.N8N_LISTEN_ADDRESS ?? '::').map((host) => {
		const origin = `${isTls ? 'https' : 'http'}://${host}:${env.N8N_PORT || '5678'}`;
		return { healthUrl: `${origin}/${health}`, webhookUrl: origin + path };
	});
}

function toHosts(listenAddress: string): string[] {
	const any = ANY_ADDRESS[listenAddress];
	if (any) return any;
	const host = listenAddress.includes(':') ? `[${listenAddress}]` : listenAddress;
	return isLoopback(host) ? [host] : [];
}

/** Whether this host name of a URL is the machine itself. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Without what N8N_PATH or the path of WEBHOOK_URL puts before it: a proxy takes that away. */
function toLocalPath(publicUrl: string, isTest: boolean, env: NodeJS.ProcessEnv): string {
	const endpoint = isTest
		? env.N8N_ENDPOINT_WEBHOOK_TEST || 'webhook-test'
		: env.N8N_ENDPOINT_WEBHOOK || 'webhook';
	const { pathname } = new URL(publicUrl);
	const start = pathname.lastIndexOf(`/${trimSlashes(endpoint)}/`);
	return start < 0 ? pathname : pathname.slice(start);
}

function trimSlashes(text: string): string {
	return text.replace(/^\/+|\/+$/g, '');
}
