import { toParentEnv } from './toParentEnv';

/** What a Node process needs from its surroundings; everything else of n8n's stays with n8n. */
const PASSED_ON = new Set([
	'PATH',
	'HOME',
	'USERPROFILE',
	'SYSTEMROOT',
	'TMPDIR',
	'TEMP',
	'TMP',
	'TZ',
	'LANG',
	'LC_ALL',
	'NODE_EXTRA_CA_CERTS',
	'NODE_USE_SYSTEM_CA',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'ALL_PROXY',
	'NO_PROXY',
]);

/** The key of an embedded runner is the one in its data folder, where every node finds it. */
const KEPT_BACK = new Set(['AWW_ADMIN_KEY', 'AWW_PARENT_CERTIFICATE', 'AWW_PARENT_WEBHOOK_HOSTS']);

/**
 * The environment of an embedded runner: the user's AWW_ settings, which addresses n8n's operator lets
 * be called, how n8n itself is reached, what any Node process needs, and where to listen. None of n8n's secrets (encryption key,
 * database, …) is in it.
 */
export function toRunnerEnv(env: NodeJS.ProcessEnv, dataDir: string): NodeJS.ProcessEnv {
	const passedOn = Object.entries(env).filter(([name]) => {
		const key = name.toUpperCase();
		return (
			PASSED_ON.has(key) ||
			key.startsWith('N8N_SSRF_') ||
			(key.startsWith('AWW_') && !KEPT_BACK.has(key))
		);
	});
	return {
		...Object.fromEntries(passedOn),
		...toParentEnv(env),
		AWW_EMBEDDED: '1',
		AWW_HOST: '127.0.0.1',
		AWW_PORT: '0',
		AWW_DATA_DIR: dataDir,
	};
}
