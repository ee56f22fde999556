/** How many messages may leave at once after a quiet time. */
export const BURST = 10;

/** The pause between two messages is longer by up to this part of it, so that it does not look like a clock. */
const JITTER = 0.25;

interface PacerOptions {
	/** 0 for no limit. Read at each message: it can be changed. */
	messagesPerMinute: () => number;
	now: () => number;
	/** From 0 to 1. */
	random?: () => number;
}

/**
 * Spreads the messages of one account over time, as a careful person would: a few at once are fine, many
 * in a row are not. A leaky bucket: what has left, or will, drains at the pace of the instance.
 */
export class Pacer {
	/** Messages in the bucket, at that time. */
	private level = 0;
	private at = 0;

	constructor(private readonly options: PacerOptions) {}

	/**
	 * When the next message may leave (Unix milliseconds); it counts from now on. Undefined, and nothing
	 * counts, when that is further away than `maxWaitMs`.
	 */
	reserve(maxWaitMs = Infinity): number | undefined {
		const { messagesPerMinute, now, random = Math.random } = this.options;
		const limit = messagesPerMinute();
		const at = now();
		if (limit <= 0) return at;
		const intervalMs = 60_000 / limit;
		const level = Math.max(0, this.level - Math.max(0, at - this.at) / intervalMs);
		const excess = Math.max(0, level - (BURST - 1));
		if (excess * intervalMs > maxWaitMs) return undefined;
		this.level = level + 1 + (excess > 0 ? JITTER * random() : 0);
		this.at = at;
		return Math.round(at + excess * intervalMs);
	}
}
