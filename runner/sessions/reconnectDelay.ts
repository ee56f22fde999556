const BASE_MS = 1_000;
const MAX_MS = 60_000;

/** The pause before the nth attempt in a row (from 0), in milliseconds: full jitter, doubling up to a minute. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
	return Math.round(random() * Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempt, 16)));
}
