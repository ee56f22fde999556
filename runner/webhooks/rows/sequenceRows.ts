import type { EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';

/** What is counted as one: the events of one kind for a subscription, or for a webhook URL. */
export interface SequenceKey {
	instanceId: string;
	/** A subscription's key, or SLOTS: a slot keeps its numbers when its URL changes. */
	receiver: string;
	event: EventName;
}

export const SLOTS = 'slots';

/** As SequenceKey has it, of a row of `deliveries`. */
const RECEIVER = `CASE WHEN receiver GLOB 'slots:*' THEN '${SLOTS}' ELSE receiver END`;

/** The last number given; 0 when there was none. */
export function lastReceiverSeq(
	database: Database,
	{ instanceId, receiver, event }: SequenceKey,
): number {
	const row = database.get<{ last: number }>(
		`SELECT max(
			coalesce((SELECT max(receiver_seq) FROM deliveries WHERE instance_id = ?1 AND event = ?3
				AND ${RECEIVER} = ?2), 0),
			coalesce((SELECT last FROM receiver_sequences
				WHERE instance_id = ?1 AND receiver = ?2 AND event = ?3), 0)) AS last`,
		instanceId,
		receiver,
		event,
	);
	return row?.last ?? 0;
}

/** Keeps the numbers of deliveries that are about to be deleted; `events` selects their events' ids. */
export function keepSequences(events: { sql: string; params: number[] }): Statement {
	return {
		sql: `INSERT INTO receiver_sequences (instance_id, receiver, event, last)
			SELECT instance_id, ${RECEIVER} AS counted, event, max(receiver_seq) FROM deliveries
			WHERE event_id IN (${events.sql}) AND receiver_seq IS NOT NULL
				AND (receiver GLOB 'slots:*' OR substr(receiver, 14) IN (SELECT id FROM subscriptions))
			GROUP BY instance_id, counted, event
			ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`,
		params: events.params,
	};
}

/** The subscription is gone, and with it the need to count for it. */
export function forgetSequences(receiver: string): Statement {
	return { sql: 'DELETE FROM receiver_sequences WHERE receiver = ?', params: [receiver] };
}
