import type { Statement } from '../storage/Statement';

/** Removes what has outlived its time: contacts and chats nobody has heard of since, and old number checks. */
export function expireOldPeople(now: number): Statement[] {
	return ['contacts', 'chats', 'number_checks'].map((table) => ({
		sql: `DELETE FROM ${table} WHERE expires_at <= ?`,
		params: [now],
	}));
}
