import { isIPv6 } from 'node:net';
import { ApiError } from '../ApiError';

/** So many wrong keys at once, then one in so many milliseconds, from each address. */
const BURST = 20;
const REFILL_MS = 3_000;
/** Addresses that are remembered; those that came first are forgotten first. */
const MAX_ADDRESSES = 10_000;

const HINT =
	'Too many wrong keys came from this address: correct the API key, then wait for the time in the Retry-After header.';

interface Caller {
	/** Wrong keys it may still send. */
	left: number;
	/** When that was counted, in milliseconds. */
	at: number;
}

/**
 * Slows down who tries keys: each address may send a number of wrong ones, then few. A right key never
 * comes here, whatever its address has sent before: behind a proxy anybody could lock out everybody.
 */
export class WrongKeys {
	private readonly callers = new Map<string, Caller>();

	/** `now` in milliseconds. */
	constructor(private readonly now: () => number) {}

	/** To be called with a key that was wrong. Throws `rate_limited` when there were too many of them. */
	count(address: string): void {
		const caller = this.find(address);
		if (this.refill(caller) < 1) throw new ApiError('rate_limited', HINT);
		caller.left -= 1;
	}

	private refill(caller: Caller): number {
		const nowMs = this.now();
		caller.left = Math.min(BURST, caller.left + (nowMs - caller.at) / REFILL_MS);
		caller.at = nowMs;
		return caller.left;
	}

	private find(address: string): Caller {
		const key = toCaller(address);
		let caller = this.callers.get(key);
		if (!caller) {
			caller = { left: BURST, at: this.now() };
			this.callers.set(key, caller);
			if (this.callers.size > MAX_ADDRESSES) this.forgetOldest();
		}
		return caller;
	}

	private forgetOldest(): void {
		for (const address of this.callers.keys()) {
			this.callers.delete(address);
			return;
		}
	}
}

/** Whoever has one IPv6 address has all of its /64. */
function toCaller(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
	const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
	const groups = head.split(':');
	const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
	const whole = [...groups, ...Array<string>(Math.max(0, missing)).fill('0')];
	return whole.slice(0, 4).join(':');
}
