/**
 * On every answer: nothing is kept by caches, guessed by browsers, framed, or run as a page. There is no
 * CORS header anywhere: no website may read what a browser within the network could reach.
 */
export const SECURITY_HEADERS = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'x-frame-options': 'DENY',
	'referrer-policy': 'no-referrer',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
} as const;
