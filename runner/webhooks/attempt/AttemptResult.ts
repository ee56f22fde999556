/** The classes of attempts, as the metrics count them. */
export const ATTEMPT_KINDS = [
	'success',
	'redirect',
	'client_error',
	'server_error',
	'timeout',
	'network',
	'refused',
	'damaged',
] as const;

export type AttemptKind = (typeof ATTEMPT_KINDS)[number];

/** One attempt. `at` is Unix milliseconds; `error` is plain words without the URL or a body. */
export interface AttemptResult {
	kind: AttemptKind;
	at: number;
	ms: number;
	status: number | null;
	error: string | null;
	/** The first KB of the answer; null when there was none. */
	answer: string | null;
	/** The raw `Retry-After` header. */
	retryAfter: string | undefined;
}
