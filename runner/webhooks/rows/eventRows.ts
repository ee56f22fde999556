import type { EventName } from '../../../contract';
import { seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';

/**
 * `body` is the JSON text as it is sent; from `expiresAt` on (Unix milliseconds) it is looked at whether
 * the event may go. An event that is there already changes nothing: a repeated id must not undo the
 * transaction of what caused it.
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
				created_at, state_since)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)
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
			row.createdAt,
		],
	};
}
