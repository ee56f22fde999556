import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';
import { keepSequences } from './sequenceRows';

/** Unix milliseconds and milliseconds. */
export interface Expiry {
	nowMs: number;
	/** How long a delivery is kept after its outcome. */
	ttlMs: number;
	/** How long one may be pending: longer than its schedule takes. */
	pendingMs: number;
}

/** What a sweep finds, in deliveries. */
export interface Expired {
	/** Nothing is past its time. */
	isNothing: boolean;
	/** Pending for so long that they fail now. */
	givenUp: number;
	/** Failed long ago, and deleted now. */
	undelivered: number;
}

/** At most so many events go at once, so that a sweep never holds up the other writes for long. */
const MAX_EVENTS = 5000;

/** Events to look at, by ?1, now. */
const OLD = `SELECT id FROM events WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ${MAX_EVENTS}`;

/** Deliveries without an outcome for too long; ?2: since when. */
const TOO_LONG = `event_id IN (${OLD}) AND state = 'pending' AND state_since <= ?2`;

/** A delivery `d` for which its event is kept; ?2: outcomes after that are. */
const IS_KEPT = `(d.state = 'pending' OR d.state_since > ?2)`;

/** Those of the old events that nobody needs any more: never one with something pending. */
const DONE = `SELECT id FROM (${OLD}) AS old WHERE NOT EXISTS
	(SELECT 1 FROM deliveries d WHERE d.event_id = old.id AND ${IS_KEPT})`;

/** Counts what `expireEvents` is about to do. */
export function findExpired(database: Database, { nowMs, ttlMs, pendingMs }: Expiry): Expired {
	const old = database.get('SELECT 1 FROM events WHERE expires_at <= ? LIMIT 1', nowMs);
	if (!old) return { isNothing: true, givenUp: 0, undelivered: 0 };
	const count = (condition: string, limitMs: number) =>
		database.get<{ count: number }>(
			`SELECT count(*) AS count FROM deliveries WHERE ${condition}`,
			nowMs,
			limitMs,
		)?.count ?? 0;
	return {
		isNothing: false,
		givenUp: count(TOO_LONG, nowMs - pendingMs),
		undelivered: count(`event_id IN (${DONE}) AND state = 'failed'`, nowMs - ttlMs),
	};
}

/**
 * Ends what has been pending for too long, and deletes events all of whose deliveries have had their
 * outcome long ago, those deliveries with them. To be run again and again.
 */
export function expireEvents({ nowMs, ttlMs, pendingMs }: Expiry): Statement[] {
	const done = { sql: DONE, params: [nowMs, nowMs - ttlMs] };
	return [
		{
			sql: `UPDATE deliveries SET state = 'failed', next_attempt_at = NULL, state_since = ?1
				WHERE ${TOO_LONG}`,
			params: [nowMs, nowMs - pendingMs],
		},
		// What is kept is looked at again when the last of its deliveries is past its time.
		{
			sql: `UPDATE events SET expires_at = (SELECT max(d.state_since +
					CASE d.state WHEN 'pending' THEN ?3 ELSE ?1 - ?2 END)
					FROM deliveries d WHERE d.event_id = events.id)
				WHERE id IN (${OLD}) AND EXISTS
					(SELECT 1 FROM deliveries d WHERE d.event_id = events.id AND ${IS_KEPT})`,
			params: [nowMs, nowMs - ttlMs, pendingMs],
		},
		keepSequences(done),
		{ sql: `DELETE FROM events WHERE id IN (${done.sql})`, params: done.params },
	];
}
