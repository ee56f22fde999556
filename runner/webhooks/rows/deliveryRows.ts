import {
	EVENT_NAMES,
	type DeliveryAttempt,
	type DeliveryState,
	type DeliveryView,
	type EventName,
} from '../../../contract';
import type { Database } from '../../storage/Database';
import { openedOrNull } from '../../storage/encryption/sealedColumns';
import type { SqlValue, Statement } from '../../storage/Statement';

/** A delivery as the API shows it; `attempts` is a JSON list of DeliveryAttempt, null when it is damaged. */
export type DeliveryRow = {
	seq: number;
	receiver_seq: number | null;
	event_id: string;
	receiver: string;
	event: EventName;
	url: string;
	state: DeliveryState;
	attempts: string | null;
	next_attempt_at: number | null;
	created_at: number;
};

/** Both ends included; times are Unix milliseconds of the delivery's creation. */
export interface DeliveryCondition {
	instanceId: string;
	state?: DeliveryState | undefined;
	event?: EventName | undefined;
	since?: number | undefined;
	until?: number | undefined;
	beforeSeq?: number | undefined;
	seq?: number | undefined;
	receiver?: string | undefined;
}

const COLUMNS = `seq, receiver_seq, event_id, receiver, event, url, state,
	CASE WHEN attempts IS NULL THEN '[]' ELSE ${openedOrNull('deliveries.attempts')} END AS attempts, next_attempt_at, created_at`;

/** Newest first: merged by SQLite from the lists of each kind, which is how the index has them. */
export function listDeliveries(
	database: Database,
	condition: DeliveryCondition,
	limit: number,
): DeliveryRow[] {
	const kinds = toKinds(condition).map((kind) => toWhere({ ...condition, ...kind }, 2));
	const lists = kinds.map(({ sql }) => `SELECT seq FROM deliveries WHERE ${sql}`);
	return database.all<DeliveryRow>(
		`SELECT ${COLUMNS} FROM deliveries WHERE seq IN
			(${lists.join(' UNION ALL ')} ORDER BY seq DESC LIMIT ?1) ORDER BY seq DESC`,
		limit,
		...(kinds[0]?.params ?? []),
	);
}

/** To whom they go, and how many of each event. */
export function listReceivers(
	database: Database,
	condition: DeliveryCondition,
): Array<{ receiver: string; event: EventName; count: number }> {
	return toKinds(condition).flatMap((kind) => {
		const { sql, params } = toWhere({ ...condition, ...kind });
		return database.all<{ receiver: string; event: EventName; count: number }>(
			`SELECT receiver, event, count(*) AS count FROM deliveries WHERE ${sql} GROUP BY receiver`,
			...params,
		);
	});
}

/**
 * Makes them due at `dueAt` (null: once the receiver is enabled), in no order with others, with the
 * schedule begun anew.
 */
export function redeliverTo(
	receiver: { key: string; url: string },
	condition: DeliveryCondition,
	{ nowMs, dueAt }: { nowMs: number; dueAt: number | null },
): Statement {
	const { sql, params } = toWhere(condition, 5);
	return {
		sql: `UPDATE deliveries SET state = 'pending', detached = 1, attempt_count = 0,
			next_attempt_at = ?, state_since = ?, receiver = ?, url = ? WHERE ${sql}`,
		params: [dueAt, nowMs, receiver.key, receiver.url, ...params],
	};
}

const ID_PREFIX = 'dlv_';

export function toDeliveryId(seq: number): string {
	return ID_PREFIX + seq.toString(36).padStart(8, '0');
}

/** undefined for what is no delivery's id. */
export function toSeq(id: string): number | undefined {
	if (!/^dlv_[0-9a-z]{8,11}$/.test(id)) return undefined;
	const seq = parseInt(id.slice(ID_PREFIX.length), 36);
	return Number.isSafeInteger(seq) ? seq : undefined;
}

export function toDeliveryView(row: DeliveryRow): DeliveryView {
	return {
		id: toDeliveryId(row.seq),
		seq: row.receiver_seq,
		eventId: row.event_id,
		event: row.event,
		url: row.url,
		state: row.state,
		attempts:
			row.attempts === null
				? [toLostAttempts(row)]
				: (JSON.parse(row.attempts) as DeliveryAttempt[]),
		createdAt: new Date(row.created_at).toISOString(),
		nextAttemptAt:
			row.next_attempt_at === null ? null : new Date(row.next_attempt_at).toISOString(),
	};
}

/** Stands for all that were made so far. */
function toLostAttempts({ created_at }: DeliveryRow): DeliveryAttempt {
	return {
		at: new Date(created_at).toISOString(),
		ms: 0,
		status: null,
		error: 'What was stored of the attempts so far is damaged and cannot be shown',
		answer: null,
	};
}

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed'];

/** Every event in every state, of those that are meant: so few that each is looked up by itself. */
function toKinds({
	event,
	state,
}: DeliveryCondition): Array<{ event: EventName; state: DeliveryState }> {
	const events = EVENT_NAMES.filter((name) => event === undefined || name === event);
	const states = STATES.filter((name) => state === undefined || name === state);
	return events.flatMap((one) => states.map((other) => ({ event: one, state: other })));
}

/**
 * Conditions are fixed texts, so that there are few different statements; values are parameters, the
 * first of them ?`first`. Event and state are written out: they are ours, and differ where lists are merged.
 */
function toWhere(condition: DeliveryCondition, first = 1): { sql: string; params: SqlValue[] } {
	const parts: Array<[text: string, value: SqlValue | undefined]> = [
		['instance_id =', condition.instanceId],
		['seq =', condition.seq],
		['receiver =', condition.receiver],
		['created_at >=', condition.since],
		['created_at <=', condition.until],
		['seq <', condition.beforeSeq],
	];
	const given = parts.filter(([, value]) => value !== undefined);
	const texts = given.map(([text], index) => `${text} ?${first + index}`);
	if (condition.event) texts.push(`event = '${condition.event}'`);
	if (condition.state) texts.push(`state = '${condition.state}'`);
	return {
		sql: texts.join(' AND '),
		params: given.map(([, value]) => value as SqlValue),
	};
}
