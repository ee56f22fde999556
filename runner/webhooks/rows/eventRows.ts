import type { EventName } from '../../../contract';
import type { Statement } from '../../storage/Statement';

/**
 * `body` is the JSON text as it is sent; times are Unix milliseconds. An event that is there already
 * changes nothing: a repeated id must not undo the transaction of what caused it.
 */
export function insertEvent(row: {
	id: string;
	instanceId: string;
	body: string;
	expiresAt: number;
}): Statement {
	return {
		sql: `INSERT INTO events (id, instance_id, body, expires_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (id) DO NOTHING`,
		params: [row.id, row.instanceId, row.body, row.expiresAt],
	};
}

export function insertDelivery(row: {
	seq: number;
	eventId: string;
	instanceId: string;
	receiver: string;
	event: EventName;
	chat: string;
	url: string;
	/** null while the receiver is disabled. */
	nextAttemptAt: number | null;
	createdAt: number;
}): Statement {
	return {
		sql: `INSERT INTO deliveries
			(seq, event_id, instance_id, receiver, event, chat, url, state, next_attempt_at, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
			ON CONFLICT (event_id, receiver) DO NOTHING`,
		params: [
			row.seq,
			row.eventId,
			row.instanceId,
			row.receiver,
			row.event,
			row.chat,
			row.url,
			row.nextAttemptAt,
			row.createdAt,
		],
	};
}

/** At most so many events go at once, so that a sweep never holds up the other writes for long. */
const MAX_EXPIRED_EVENTS = 5000;

/** Deletes events that are past their time, their deliveries with them. To be run again and again. */
export function expireOldEvents(nowMs: number): Statement[] {
	return [
		{
			sql: `DELETE FROM events WHERE id IN
				(SELECT id FROM events WHERE expires_at <= ? ORDER BY expires_at LIMIT ${MAX_EXPIRED_EVENTS})`,
			params: [nowMs],
		},
	];
}
