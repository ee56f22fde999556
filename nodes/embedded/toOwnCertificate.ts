import { resolve } from 'node:path';

/**
 * The absolute path of the certificate with which n8n serves TLS itself; undefined when it does not.
 * Behind a proxy that ends TLS, people set N8N_PROTOCOL=https although n8n itself speaks HTTP.
 */
export function toOwnCertificate(env: NodeJS.ProcessEnv): string | undefined {
	const { N8N_PROTOCOL, N8N_SSL_KEY, N8N_SSL_CERT } = env;
	return N8N_PROTOCOL === 'https' && N8N_SSL_KEY && N8N_SSL_CERT
		? resolve(N8N_SSL_CERT)
		: undefined;
}
