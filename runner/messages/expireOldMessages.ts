import type { Statement } from '../storage/Statement';

const TABLES = ['messages', 'message_statuses', 'awaited_messages', 'idempotency_keys', 'rosters'];

/** Removes what has outlived its time: messages, their statuses and Idempotency-Keys. */
export function expireOldMessages(now: number): Statement[] {
	return TABLES.map((table) => ({
		sql: `DELETE FROM ${table} WHERE expires_at <= ?`,
		params: [now],
	}));
}
