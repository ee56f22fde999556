import { ApiError } from '../ApiError';
import type { AddressGuard } from '../address';

const MAX_URL_LENGTH = 2048;

/** Throws `https_webhook_required` or `webhook_address_refused` for a URL that may not be called. */
export function requireAllowedUrl(guard: AddressGuard, url: string, allowLoopback: boolean): void {
	const refusal = guard.refusalOf(url, { allowLoopback });
	if (refusal) throw new ApiError(refusal);
	if (url.length > MAX_URL_LENGTH) {
		throw new ApiError('invalid_body', `A URL may have ${MAX_URL_LENGTH} characters.`);
	}
}
