import type { DeliveryAttempt, EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import { openOrNull } from '../../storage/encryption/sealedColumns';
import type { PendingDelivery } from './PendingDelivery';

type PendingRow = {
	seq: number;
	receiver_seq: number | null;
	event_id: string;
	event: EventName;
	chat: string;
	/** null when it is damaged. */
	body: string | null;
	attempt_count: number;
	next_attempt_at: number | null;
	created_at: number;
};

const PENDING_COLUMNS = `d.seq, d.receiver_seq, d.event_id, d.event, d.chat, ${openOrNull('events.body', 'e')}, d.attempt_count,
	d.next_attempt_at, d.created_at FROM deliveries d JOIN events e ON e.id = d.event_id`;

/** A receiver that something waits for. */
export type PendingReceiver = { receiver: string; instance_id: string };

/** The head of a chat: the delivery that holds back the others. */
export type ChatHead = {
	chat: string;
	seq: number;
	attempt_count: number;
	next_attempt_at: number | null;
};

/** What waits in order, as the index of that order has it. */
const IN_ORDER = `state = 'pending' AND detached = 0`;

/**
 * The chats in which deliveries wait in order, the longest waiting first. Leaps through the index
 * from chat to chat: what a receiver missed in a day is not read for it.
 */
export function listChatHeads(database: Database, receiver: string): ChatHead[] {
	return database.all<ChatHead>(
		`WITH RECURSIVE waiting (chat) AS (
			SELECT min(chat) FROM deliveries WHERE receiver = ?1 AND ${IN_ORDER}
			UNION ALL
			SELECT (SELECT min(chat) FROM deliveries
				WHERE receiver = ?1 AND ${IN_ORDER} AND chat > waiting.chat)
			FROM waiting WHERE waiting.chat IS NOT NULL)
		SELECT d.chat, d.seq, d.attempt_count, d.next_attempt_at FROM waiting JOIN deliveries d ON d.seq =
			(SELECT min(seq) FROM deliveries WHERE receiver = ?1 AND chat = waiting.chat AND ${IN_ORDER})
		ORDER BY d.seq`,
		receiver,
	);
}

/** The next deliveries of one chat, in order. */
export function listInOrder(
	database: Database,
	query: { receiver: string; chat: string; afterSeq: number; limit: number },
): PendingDelivery[] {
	return database
		.all<PendingRow>(
			`SELECT ${PENDING_COLUMNS}
			WHERE d.receiver = ? AND d.chat = ? AND d.state = 'pending' AND d.detached = 0 AND d.seq > ?
			ORDER BY d.seq LIMIT ?`,
			query.receiver,
			query.chat,
			query.afterSeq,
			query.limit,
		)
		.map(toPendingDelivery);
}

/** The detached delivery that is due the longest, leaving out these chats. */
export function findDueDetached(
	database: Database,
	query: { receiver: string; nowMs: number; exceptChats: readonly string[] },
): PendingDelivery | undefined {
	const row = database.get<PendingRow>(
		`SELECT ${PENDING_COLUMNS}
		WHERE d.receiver = ? AND d.state = 'pending' AND d.detached = 1 AND d.next_attempt_at <= ?
			AND d.chat NOT IN (SELECT value FROM json_each(?))
		ORDER BY d.next_attempt_at LIMIT 1`,
		query.receiver,
		query.nowMs,
		JSON.stringify(query.exceptChats),
	);
	return row && { ...toPendingDelivery(row), isRepeat: wasDelivered(database, row.seq) };
}

/** Whether a receiver has accepted it before, so that it goes out again on request only. */
function wasDelivered(database: Database, seq: number): boolean {
	const row = database.get<{ attempts: string | null }>(
		`SELECT ${openOrNull('deliveries.attempts')} FROM deliveries WHERE seq = ?`,
		seq,
	);
	const attempts = JSON.parse(row?.attempts ?? '[]') as DeliveryAttempt[];
	return attempts.some(({ status }) => status !== null && status >= 200 && status < 300);
}

/** When the next detached delivery after `nowMs` is due; Infinity when there is none. */
export function nextDetachedAt(database: Database, receiver: string, nowMs: number): number {
	const row = database.get<{ at: number | null }>(
		`SELECT min(next_attempt_at) AS at FROM deliveries
		WHERE receiver = ? AND state = 'pending' AND detached = 1 AND next_attempt_at > ?`,
		receiver,
		nowMs,
	);
	return row?.at ?? Infinity;
}

/** Every receiver for which something is pending; leaps through the indexes likewise. */
export function listPendingReceivers(database: Database): PendingReceiver[] {
	const found = new Map<string, PendingReceiver>();
	for (const detached of [0, 1]) {
		const pending = `state = 'pending' AND detached = ${detached}`;
		const rows = database.all<PendingReceiver>(
			`WITH RECURSIVE waiting (receiver) AS (
				SELECT min(receiver) FROM deliveries WHERE ${pending}
				UNION ALL
				SELECT (SELECT min(receiver) FROM deliveries
					WHERE ${pending} AND receiver > waiting.receiver)
				FROM waiting WHERE waiting.receiver IS NOT NULL)
			SELECT receiver, (SELECT instance_id FROM deliveries
				WHERE receiver = waiting.receiver AND ${pending} LIMIT 1) AS instance_id
			FROM waiting WHERE receiver IS NOT NULL`,
		);
		for (const row of rows) found.set(row.receiver, row);
	}
	return [...found.values()];
}

/** The highest place taken so far. */
export function lastSeq(database: Database): number {
	const row = database.get<{ seq: number | null }>(
		`SELECT max(seq) AS seq FROM (SELECT max(seq) AS seq FROM deliveries
			UNION ALL SELECT seq FROM sqlite_sequence WHERE name = 'deliveries')`,
	);
	return row?.seq ?? 0;
}

function toPendingDelivery(row: PendingRow): PendingDelivery {
	return {
		seq: row.seq,
		receiverSeq: row.receiver_seq,
		eventId: row.event_id,
		event: row.event,
		chat: row.chat,
		body: row.body,
		attemptCount: row.attempt_count,
		dueAt: row.next_attempt_at ?? 0,
		createdAt: row.created_at,
	};
}
