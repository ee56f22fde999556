import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';

const CERTIFICATE_CODES =
	/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

/** Says in plain words why there was no answer. Takes the error's code only: the rest holds headers. */
export function toNetworkFailure(
	error: unknown,
	{
		connection,
		timeoutMs,
	}: { connection: Pick<Connection, 'kind' | 'baseUrl'>; timeoutMs: number },
): ApiFailure {
	const { code, name } = readError(error);
	const { origin, hostname, protocol } = new URL(connection.baseUrl);
	const fail = (message: string, hint: string) =>
		new ApiFailure(message, { hint, isRemote: true, isUnheard: code === 'ECONNREFUSED' });

	if (code === 'ERR_CANCELED') {
		return fail('The execution was stopped', 'Start it again; what was sent before stays sent.');
	}
	if (name.startsWith('Ssrf')) {
		return fail(
			`n8n’s SSRF protection does not let nodes reach ${hostname}`,
			`The operator of n8n can allow it with N8N_SSRF_ALLOWED_IP_RANGES or N8N_SSRF_ALLOWED_HOSTNAMES.`,
		);
	}
	switch (code) {
		case 'ECONNREFUSED':
			return fail(`Nothing answers at ${origin}`, toStartHint(connection));
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return fail(`The host name ${hostname} is not known`, toAddressHint(connection));
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return fail(`There is no way from n8n to ${origin}`, toAddressHint(connection));
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
			return fail(
				`${origin} did not answer within ${Math.round(timeoutMs / 1000)} s`,
				`${toAddressHint(connection)} Switch on “Retry on Fail” in the node’s settings if this happens now and then.`,
			);
		case 'EPROTO':
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
			return fail(
				`${origin} does not speak HTTPS`,
				'If the server speaks plain HTTP, begin the URL in the credential with http://.',
			);
		default:
	}
	if (CERTIFICATE_CODES.test(code)) {
		return fail(
			`n8n does not trust the TLS certificate of ${origin} (${code})`,
			'Use a certificate that is valid for this host name, or give n8n your own authority’s with NODE_EXTRA_CA_CERTS.',
		);
	}
	const tlsHint =
		protocol === 'http:' && connection.kind === 'runner'
			? 'If the server speaks HTTPS, begin the URL in the credential with https://. '
			: '';
	// The code stands in the hint: n8n replaces messages that name a code it knows by words of its own.
	return fail(
		`The connection to ${origin} broke`,
		`${tlsHint}${toStartHint(connection)}${code ? ` (${code})` : ''}`,
	);
}

/** n8n and axios wrap what the socket said: the innermost code is the telling one. */
function readError(error: unknown): { code: string; name: string } {
	const found = { code: '', name: '' };
	for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		const { code } = at as NodeJS.ErrnoException;
		if (typeof code === 'string' && code !== 'ERR_BAD_REQUEST') found.code = code;
		if (at.name.startsWith('Ssrf')) found.name = at.name;
	}
	return found;
}

function toStartHint({ kind }: Pick<Connection, 'kind'>): string {
	switch (kind) {
		case 'embedded':
			return 'The embedded session runner has just stopped; it starts by itself, so try again. With HTTP_PROXY set, NO_PROXY must list 127.0.0.1.';
		case 'runner':
			return 'Start the session runner (npx n8n-nodes-api-whatsapp-web) and check the URL and port in the credential. Inside a container, localhost is the container itself; with HTTP_PROXY set, NO_PROXY must list the host.';
		case 'hosted':
			return 'Check that n8n can reach the internet, then try again.';
	}
}

function toAddressHint(connection: Pick<Connection, 'kind'>): string {
	return connection.kind === 'runner'
		? 'Check the URL in the credential, and that n8n can reach this host.'
		: toStartHint(connection);
}
