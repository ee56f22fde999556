import { isLoopback } from './toLoopbackUrls';
import { toOwnCertificate } from './toOwnCertificate';

/** What n8n's embedded runner must know of n8n to reach it: with which certificate, and under which names. */
export function toParentEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const certificate = toOwnCertificate(env);
	const hosts = toWebhookHosts(env);
	return {
		...(certificate !== undefined && { AWW_PARENT_CERTIFICATE: certificate }),
		...(hosts.length > 0 && { AWW_PARENT_WEBHOOK_HOSTS: hosts.join(',') }),
	};
}

/** `host:port` of what n8n puts before the paths of its webhooks, those of test runs included. */
function toWebhookHosts(env: NodeJS.ProcessEnv): string[] {
	const { N8N_PROTOCOL, N8N_HOST, N8N_PORT, N8N_WEBHOOK_URL, WEBHOOK_URL } = env;
	const own = `${N8N_PROTOCOL || 'http'}://${N8N_HOST || 'localhost'}:${N8N_PORT || '5678'}`;
	const bases = [N8N_WEBHOOK_URL || WEBHOOK_URL || own, env.N8N_EDITOR_BASE_URL ?? ''];
	return [...new Set(bases.flatMap(toHost))];
}

/** Nothing for loopback, which is allowed anyway, and for what is no host: n8n itself gets no call there. */
function toHost(base: string): string[] {
	const text = base.trim().replace(/^"+|"+$/g, '');
	if (!URL.canParse(text)) return [];
	const { protocol, hostname, port } = new URL(text);
	const host = hostname.replace(/\.$/, '');
	const isHost = /^([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/.test(host);
	if (!isHost || isLoopback(host)) return [];
	return [`${host}:${port || (protocol === 'https:' ? '443' : '80')}`];
}
