/** No longer wait is granted. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** An IMF-fixdate, the one form of date that RFC 9110 lets a server send. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds a `Retry-After` header asks for, at most one hour. Seconds or an HTTP date (RFC 9110,
 * 10.2.3); anything else, and what lies in the past, is undefined.
 */
export function readRetryAfter(header: unknown, nowMs: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	const text = header.trim();
	let waitMs: number;
	if (/^\d+$/.test(text)) waitMs = Number(text) * 1000;
	else if (HTTP_DATE.test(text)) waitMs = Date.parse(text) - nowMs;
	else return undefined;
	return waitMs > 0 ? Math.min(waitMs, MAX_RETRY_AFTER_MS) : undefined;
}
