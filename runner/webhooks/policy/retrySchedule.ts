import { MAX_RETRY_AFTER_MS } from './readRetryAfter';

/** Waits before each attempt, in seconds: 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
export const DEFAULT_SCHEDULE_S: readonly number[] = [
	0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400,
];

/** Each wait is stretched or shrunk by up to this share, so that failures do not come back in step. */
const JITTER = 0.1;

/**
 * Milliseconds to wait before the next attempt, or undefined when the schedule is used up.
 * `attemptsMade` counts those that failed; a `Retry-After` counts when it asks for more.
 */
export function toWaitMs(input: {
	scheduleS: readonly number[];
	attemptsMade: number;
	retryAfterMs: number | undefined;
	/** 0 to 1, as Math.random gives it. */
	random: number;
}): number | undefined {
	const waitS = input.scheduleS[input.attemptsMade];
	if (waitS === undefined) return undefined;
	const waitMs = waitS * 1000 * (1 + JITTER * (2 * input.random - 1));
	return Math.round(Math.max(waitMs, input.retryAfterMs ?? 0));
}

/** Milliseconds from the first attempt to the last, when every wait is as long as it may be. */
export function toLongestMs(scheduleS: readonly number[]): number {
	const waitsMs = scheduleS.map((waitS) =>
		Math.max(waitS * 1000 * (1 + JITTER), MAX_RETRY_AFTER_MS),
	);
	return waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
}
