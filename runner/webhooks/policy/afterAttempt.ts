import type { DeliveryState } from '../../../contract';
import type { AttemptResult } from '../attempt/AttemptResult';
import { isDetached, nextState, type DeliveryOutcome } from './deliveryState';
import { readRetryAfter } from './readRetryAfter';
import { toWaitMs } from './retrySchedule';

/** What an attempt leads to. `nextAttemptAt` is Unix milliseconds, null when there is no next one. */
export interface Aftermath {
	state: DeliveryState;
	outcome: DeliveryOutcome;
	detached: boolean;
	nextAttemptAt: number | null;
}

/**
 * Decides what follows from an attempt. `attemptsMade` includes it; `wasDetached` stays so. While the
 * receiver fails as a whole nothing is detached: the fault is not the event's.
 */
export function afterAttempt(input: {
	result: AttemptResult;
	attemptsMade: number;
	wasDetached: boolean;
	isReceiverFailing?: boolean;
	scheduleS: readonly number[];
	nowMs: number;
	random: number;
}): Aftermath {
	const { result, attemptsMade, nowMs } = input;
	const waitMs = toWaitMs({
		scheduleS: input.scheduleS,
		attemptsMade,
		retryAfterMs: readRetryAfter(result.retryAfter, nowMs),
		random: input.random,
	});
	const outcome = toOutcome(result, waitMs);
	const isWaiting = outcome === 'failed' && waitMs !== undefined;
	return {
		state: nextState('pending', outcome) ?? 'failed',
		outcome,
		detached:
			input.wasDetached ||
			(isWaiting && input.isReceiverFailing !== true && isDetached(attemptsMade)),
		nextAttemptAt: isWaiting ? nowMs + waitMs : null,
	};
}

function toOutcome({ kind, status }: AttemptResult, waitMs: number | undefined): DeliveryOutcome {
	if (kind === 'success') return 'succeeded';
	if (kind === 'damaged') return 'damaged';
	if (status === 410) return 'gone';
	return waitMs === undefined ? 'exhausted' : 'failed';
}
