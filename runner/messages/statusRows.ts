import type { MessageState } from '../../contract';
import type { Statement } from '../storage/Statement';

/** Something that has become of a message. */
export interface NewStatus {
	status: MessageState;
	/** Whose copy of it; "" for the message itself and in direct chats. */
	participant: string;
	/** Unix milliseconds */
	at: number;
	reason?: string;
}

/** Adds a status to a message; nothing where it stands already. `place`: instance and key of the message. */
export function toStatusInsert(
	place: readonly [string, string, string, string, number],
	{ participant, status, at, reason }: NewStatus,
	ttlMs: number,
): Statement {
	return {
		sql: `INSERT INTO message_statuses (instance_id, message_id, chat, author, from_me,
			participant, status, at, reason, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		params: [...place, participant, status, at, reason ?? null, at + ttlMs],
	};
}
