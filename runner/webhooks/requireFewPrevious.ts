import { ApiError } from '../ApiError';
import { type Secrets, validSecrets } from './receivers/Receiver';

/** Each of them is 48 bytes of a header; receivers take some thousands. */
const MAX_SECRETS = 20;

const HINT =
	'This secret was replaced very often within 24 hours, and each replaced one still signs. ' +
	'Use the newest one, or wait until the earliest is over.';

/** Throws `rate_limited` when one more secret would be too many to sign with. */
export function requireFewPrevious(secrets: Secrets | null | undefined, nowMs: number): void {
	if (secrets && validSecrets(secrets, nowMs).length >= MAX_SECRETS) {
		throw new ApiError('rate_limited', HINT);
	}
}
