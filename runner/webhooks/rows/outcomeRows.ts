import type { DeliveryAttempt } from '../../../contract';
import { openedOrNull, seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';
import type { AttemptResult } from '../attempt/AttemptResult';
import type { Aftermath } from '../policy/afterAttempt';

/** Receivers quote what they are sent, so their answers are sealed as well. A damaged list begins anew. */
const MORE_ATTEMPTS = `json_insert(coalesce(${openedOrNull('deliveries.attempts')}, '[]'), '$[#]', json(?))`;

/**
 * What an attempt led to. Nothing changes when the delivery was ended or given away meanwhile; but that
 * it has arrived is true however it was ended.
 */
export function recordAttempt(
	seq: number,
	attemptCount: number,
	result: AttemptResult,
	after: Aftermath,
): Statement {
	return {
		sql: `UPDATE deliveries SET state = ?, detached = ?, attempt_count = ?, next_attempt_at = ?,
			state_since = CASE ? WHEN 'pending' THEN state_since ELSE ? END,
			attempts = ${seal('deliveries.attempts', MORE_ATTEMPTS)}
			WHERE seq = ? AND (state = 'pending' OR (state = 'failed' AND ? = 'delivered'))`,
		params: [
			after.state,
			after.detached ? 1 : 0,
			attemptCount,
			after.nextAttemptAt,
			after.state,
			result.at,
			JSON.stringify(toDeliveryAttempt(result)),
			seq,
			after.state,
		],
	};
}

/** The receiver is there no more: what waits for it has failed. */
export function failPending(receiver: string, event: string | undefined, nowMs: number): Statement {
	const sql = `UPDATE deliveries SET state = 'failed', next_attempt_at = NULL, state_since = ?
		WHERE receiver = ? AND state = 'pending'`;
	return event === undefined
		? { sql, params: [nowMs, receiver] }
		: { sql: `${sql} AND event = ?`, params: [nowMs, receiver, event] };
}

/** A slot has another URL: what waits goes there, at once and with the schedule begun anew. */
export function movePending(input: {
	from: string;
	to: string;
	url: string;
	event: string;
	nowMs: number;
}): Statement {
	return {
		sql: `UPDATE deliveries SET receiver = ?, url = ?, attempt_count = 0, next_attempt_at = ?,
			state_since = ? WHERE receiver = ? AND event = ? AND state = 'pending'`,
		params: [input.to, input.url, input.nowMs, input.nowMs, input.from, input.event],
	};
}

/** A receiver has another URL: what waits for it goes there, at once and with the schedule begun anew. */
export function redirectPending(receiver: string, url: string, nowMs: number): Statement {
	return {
		sql: `UPDATE deliveries SET url = ?, attempt_count = 0, next_attempt_at = ?, state_since = ?
			WHERE receiver = ? AND state = 'pending'`,
		params: [url, nowMs, nowMs, receiver],
	};
}

/** The receiver was disabled: what waits for it is kept, without a next attempt. */
export function holdPending(receiver: string): Statement {
	return {
		sql: `UPDATE deliveries SET next_attempt_at = NULL WHERE receiver = ? AND state = 'pending'`,
		params: [receiver],
	};
}

/** A disabled receiver was enabled: what was kept is due. */
export function duePending(receiver: string, nowMs: number): Statement {
	return {
		sql: `UPDATE deliveries SET attempt_count = 0, next_attempt_at = ?, state_since = ?
			WHERE receiver = ? AND state = 'pending'`,
		params: [nowMs, nowMs, receiver],
	};
}

/** The receiver is well again: what waits by itself for its next attempt need not. */
export function dueDetached(receiver: string, nowMs: number): Statement {
	return {
		sql: `UPDATE deliveries SET next_attempt_at = ?
			WHERE receiver = ? AND state = 'pending' AND detached = 1 AND next_attempt_at > ?`,
		params: [nowMs, receiver, nowMs],
	};
}

function toDeliveryAttempt(result: AttemptResult): DeliveryAttempt {
	return {
		at: new Date(result.at).toISOString(),
		ms: result.ms,
		status: result.status,
		error: result.error,
		answer: result.answer,
	};
}
