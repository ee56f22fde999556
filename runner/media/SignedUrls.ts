import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../Clock';
import { createMediaKey } from './mediaKey';

/** Links to files that work without an API key until they expire. */
export class SignedUrls {
	private readonly key: Buffer;

	/** `baseUrl` without a slash at its end; asked at each link, as the port may be known later. */
	constructor(private readonly options: { dataDir: string; baseUrl: () => string; clock: Clock }) {
		this.key = createMediaKey(options.dataDir);
	}

	/** `path` begins with a slash and has no query. Expiry is rounded up to a second. */
	toUrl(path: string, expiresAtMs: number): string {
		const expires = Math.ceil(expiresAtMs / 1000);
		const signature = this.sign(path, expires).toString('base64url');
		return `${this.options.baseUrl()}${path}?expires=${expires}&signature=${signature}`;
	}

	/** Whether a link's path and query are as we made them, and not past their time. */
	isValid(path: string, query: { expires?: unknown; signature?: unknown }): boolean {
		const { expires, signature } = query;
		if (typeof expires !== 'string' || !/^\d{1,12}$/.test(expires)) return false;
		if (typeof signature !== 'string') return false;
		const expected = this.sign(path, Number(expires));
		const given = Buffer.from(signature, 'base64url');
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
		return this.options.clock.now() < Number(expires) * 1000;
	}

	private sign(path: string, expiresS: number): Buffer {
		return createHmac('sha256', this.key).update(`${path}\n${expiresS}`).digest();
	}
}
