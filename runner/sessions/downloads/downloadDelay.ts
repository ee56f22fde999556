const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** The waits before further attempts. WhatsApp keeps files for weeks, and a phone may be off for a day. */
const DELAYS_MS = [10 * SECOND_MS, 60 * SECOND_MS, HOUR_MS / 6, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];

/** The pause after the nth failed attempt (from 1), in milliseconds; undefined when it is given up. */
export function downloadDelay(failedAttempts: number): number | undefined {
	return DELAYS_MS[failedAttempts - 1];
}
