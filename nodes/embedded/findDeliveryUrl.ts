import { isAnswering } from './isAnswering';
import { isPrivateHost } from './isPrivateHost';
import { isLoopback, toLoopbackUrls } from './toLoopbackUrls';
import { toOwnCertificate } from './toOwnCertificate';

/** Long, as n8n asks itself while it starts; where nothing listens the answer comes at once. */
const PROBE_TIMEOUT_MS = 10_000;

/**
 * Where the embedded runner delivers to: n8n's own address on loopback when n8n answers there, else
 * the public URL, which a private network may have without TLS.
 * @throws Error with a remedy when neither can be used.
 */
export async function findDeliveryUrl(
	publicUrl: string,
	{ isTest, env = process.env }: { isTest: boolean; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const candidates = toLoopbackUrls(publicUrl, { isTest, env });
	const probe = { timeoutMs: PROBE_TIMEOUT_MS, certificateFile: toOwnCertificate(env) };
	for (const { healthUrl, webhookUrl } of candidates) {
		if (await isAnswering(healthUrl, probe)) return webhookUrl;
	}
	const { protocol, hostname, origin } = new URL(publicUrl);
	if (protocol === 'https:' || isLoopback(hostname)) return publicUrl;
	if (await isPrivateHost(hostname)) return publicUrl;
	const tried = candidates.map(({ healthUrl }) => healthUrl).join(', ');
	throw new Error(
		`n8n does not answer on this machine (${tried || 'it listens elsewhere'}), and its webhook ` +
			`address ${origin} is not https. Let n8n listen on loopback (N8N_LISTEN_ADDRESS=0.0.0.0 or ` +
			'::), or set WEBHOOK_URL to an https:// address.',
	);
}
