import { isIPv6 } from 'node:net';
import { ApiError } from '../ApiError';

/** So many wrong keys at once, then one in so many milliseconds, from each address. */
const BURST = 20;
const REFILL_MS = 3_000;
/** Addresses and keys that are remembered; those that came first are forgotten first. */
const MAX_ADDRESSES = 10_000;
const MAX_KEYS = 1_000;

const HINT =
	'Too many wrong keys came from this address: correct the API key, then wait for the time in the Retry-After header.';

interface Caller {
	/** Wrong keys it may still send. */
	left: number;
	/** When that was counted, in milliseconds. */
	at: number;
	/** Hashes of keys that were right. */
	known: Set<string>;
}

/**
 * Slows down who tries keys. An address that has sent too many wrong ones is heard no more for a while,
 * right key or wrong; only keys that it has used before still open, so that one client with a wrong
 * key does not lock out the others behind the same proxy.
 */
export class WrongKeys {
	private readonly callers = new Map<string, Caller>();

	/** `now` in milliseconds. */
	constructor(private readonly now: () => number) {}

	/** To be called before a key is looked at. Throws `rate_limited`. */
	admit(address: string, keyHash: string): void {
		const caller = this.callers.get(toCaller(address));
		if (!caller || caller.known.has(keyHash) || this.refill(caller) >= 1) return;
		throw new ApiError('rate_limited', HINT);
	}

	countWrong(address: string): void {
		const caller = this.find(address);
		caller.left = Math.max(0, this.refill(caller) - 1);
	}

	countRight(address: string, keyHash: string): void {
		const { known } = this.find(address);
		if (known.has(keyHash)) return;
		known.add(keyHash);
		forgetOldest(known, MAX_KEYS);
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
			caller = { left: BURST, at: this.now(), known: new Set() };
			this.callers.set(key, caller);
			forgetOldest(this.callers, MAX_ADDRESSES);
		}
		return caller;
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

function forgetOldest(entries: Map<string, unknown> | Set<string>, most: number): void {
	if (entries.size <= most) return;
	for (const key of entries.keys()) {
		entries.delete(key);
		return;
	}
}
