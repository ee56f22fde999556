import type { EventName } from '../../../contract';
import { seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';
import { keepSequences } from './sequenceRows';

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
		sql: `INSERT INTO events (id, instance_id, body, expires_at)
			VALUES (?1, ?2, ${seal('events.body', '?3', '?1')}, ?4)
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
	receiverSeq: number;
	/** null while the receiver is disabled. */
	nextAttemptAt: number | null;
	createdAt: number;
}): Statement {
	return {
		sql: `INSERT INTO deliveries
			(seq, event_id, instance_id, receiver, event, chat, url, receiver_seq, state, next_attempt_at,
				created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
			ON CONFLICT (event_id, receiver) DO NOTHING`,
		params: [
			row.seq,
			row.eventId,
			row.instanceId,
			row.receiver,
			row.event,
			row.chat,
			row.url,
			row.receiverSeq,
			row.nextAttemptAt,
			row.createdAt,
		],
	};
}

/** At most so many events go at once, so that a sweep never holds up the other writes for long. */
const MAX_EXPIRED_EVENTS = 5000;

/** Deletes events that are past their time, their deliveries with them. To be run again and again. */
export function expireOldEvents(nowMs: number): Statement[] {
	const expired = {
		sql: `SELECT id FROM events WHERE expires_at <= ? ORDER BY expires_at LIMIT ${MAX_EXPIRED_EVENTS}`,
		params: [nowMs],
	};
	return [
		keepSequences(expired),
		{ sql: `DELETE FROM events WHERE id IN (${expired.sql})`, params: expired.params },
	];
}
