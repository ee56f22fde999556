import type { Statement } from '../storage/Statement';

/** Removes what has outlived its time: messages, their statuses and Idempotency-Keys. */
export function expireOldMessages(now: number): Statement[] {
	return ['messages', 'message_statuses', 'idempotency_keys'].map((table) => ({
		sql: `DELETE FROM ${table} WHERE expires_at <= ?`,
		params: [now],
	}));
}
