import type { AxiosResponse } from 'axios';
import { ApiError } from '../../ApiError';

/** Where an answer sends us; undefined when it is no redirect. Throws for one that cannot be followed. */
export function toRedirect(
	from: string,
	{ status, headers }: Pick<AxiosResponse, 'status' | 'headers'>,
): string | undefined {
	const location: unknown = headers.location;
	if (![301, 302, 303, 307, 308].includes(status)) return undefined;
	if (typeof location !== 'string' || !URL.canParse(location, from)) {
		throw new ApiError('media_fetch_failed', 'The URL redirects to nowhere.');
	}
	const next = new URL(location, from);
	if (new URL(from).protocol === 'https:' && next.protocol !== 'https:') {
		throw new ApiError('media_address_refused', 'The URL redirects from https to http.');
	}
	return next.href;
}
