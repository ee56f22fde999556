import { AddressRefusedError } from './AddressRefusedError';

const REASONS: Record<string, string> = {
	ECONNREFUSED: 'The connection was refused: nothing listens there.',
	ECONNRESET: 'The other side closed the connection without an answer.',
	EPIPE: 'The other side closed the connection without an answer.',
	ENOTFOUND: 'The host name is unknown.',
	EAI_AGAIN: 'The host name could not be looked up just now.',
	EHOSTUNREACH: 'The host cannot be reached.',
	ENETUNREACH: 'The network cannot be reached.',
	ETIMEDOUT: 'The connection timed out.',
	CERT_HAS_EXPIRED: 'The certificate has expired.',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
	SELF_SIGNED_CERT_IN_CHAIN: 'The certificate chain is self-signed.',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate chain is incomplete or not trusted.',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate chain is incomplete or not trusted.',
	ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host name.',
	ERR_INTERIM_ANSWERS: 'The other side streams interim answers (1xx) instead of its answer.',
	ERR_PARENT_CERTIFICATE:
		'The certificate is neither trusted nor the one that N8N_SSL_CERT of n8n names.',
};

/** Why a connection failed, in plain words and without the URL. */
export function toNetworkError(error: unknown): string {
	const refusal = toRefusal(error);
	if (refusal) return refusal.message;
	const { code } = (error ?? {}) as { code?: unknown };
	if (typeof code !== 'string') return 'The connection failed.';
	return REASONS[code] ?? `The connection failed (${code}).`;
}

/** Whether it was the address guard that did not let the connection be made. */
export function isAddressRefused(error: unknown): boolean {
	return toRefusal(error) !== undefined;
}

function toRefusal(error: unknown): AddressRefusedError | undefined {
	const { cause = error } = (error ?? {}) as { cause?: unknown };
	return cause instanceof AddressRefusedError ? cause : undefined;
}
