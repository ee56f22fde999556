import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';

/** No attempt waits longer than its schedule says, or this after a `Retry-After`; jitter included. */
const MAX_RETRY_AFTER_MS = 3_600_000;
const JITTER = 1.1;

/** The clock was set back by so much: what waits for a later time waits as long as it would have. */
export function setBackPending(receiver: string, byMs: number, nowMs: number): Statement {
	return {
		sql: `UPDATE deliveries SET next_attempt_at = max(?1, next_attempt_at - ?2)
			WHERE receiver = ?3 AND state = 'pending' AND next_attempt_at > ?1`,
		params: [nowMs, byMs, receiver],
	};
}

const IS_FROM_THE_FUTURE = `state = 'pending' AND next_attempt_at > ?1 AND (created_at > ?1
	OR next_attempt_at - ?1 > max(?2, ?3 * coalesce(json_extract(?4, '$[' || attempt_count || ']'), 0)))`;

/**
 * What waits for a time that only a clock which ran ahead can have given is due: the clock was set back
 * while the runner was not there to notice. Nothing to write when there is no such delivery.
 */
export function dueFromTheFuture(
	database: Database,
	nowMs: number,
	scheduleS: readonly number[],
): Statement[] {
	const params = [nowMs, MAX_RETRY_AFTER_MS, 1_000 * JITTER, JSON.stringify(scheduleS)];
	const found = database.get(
		`SELECT 1 FROM deliveries WHERE ${IS_FROM_THE_FUTURE} LIMIT 1`,
		...params,
	);
	if (!found) return [];
	return [
		{ sql: `UPDATE deliveries SET next_attempt_at = ?1 WHERE ${IS_FROM_THE_FUTURE}`, params },
	];
}
