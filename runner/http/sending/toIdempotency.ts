import { createHash } from 'node:crypto';
import type { SendCommand } from '../../sessions/SessionPort';

/** Headers of every route that sends. */
export interface Keyed {
	'idempotency-key'?: string;
}

/** What makes a request: where it goes, what it says, and the text or hash of the file that came with it. */
interface RequestParts {
	route: string;
	where: string;
	body: object;
	file?: string;
}

/** The caller's key with a hash of the request; nothing when there is no key. */
export function toIdempotency(
	{ 'idempotency-key': key }: Keyed,
	request: RequestParts,
): Pick<SendCommand, 'idempotency'> {
	return key === undefined ? {} : { idempotency: { key, bodyHash: toBodyHash(request) } };
}

/** Tells two requests apart, whatever way the same one is written: `+1 555…` and `1555…` are one number. */
function toBodyHash({ route, where, body, file = '' }: RequestParts): string {
	const fields = Object.entries(body)
		.filter(([name, value]) => name !== 'number' && value !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return createHash('sha256')
		.update(JSON.stringify([route, where, fields]))
		.update(file)
		.digest('hex');
}
