import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';

/** A text that WhatsApp's server has not acknowledged yet. */
export interface QueuedText {
	messageId: string;
	jid: string;
	text: string;
}

/** What is still to be sent, in order. A row goes only when WhatsApp's server has accepted or refused it. */
export class SendQueueRepository {
	constructor(private readonly database: Database) {}

	insert(instanceId: string, { messageId, jid, text }: QueuedText, now: number): Statement {
		return {
			sql: `INSERT INTO send_queue (instance_id, message_id, jid, text, created_at)
				VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			params: [instanceId, messageId, jid, text, now],
		};
	}

	remove(instanceId: string, messageId: string): Statement {
		return {
			sql: 'DELETE FROM send_queue WHERE instance_id = ? AND message_id = ?',
			params: [instanceId, messageId],
		};
	}

	all(instanceId: string): QueuedText[] {
		return this.database
			.all<{ message_id: string; jid: string; text: string }>(
				'SELECT message_id, jid, text FROM send_queue WHERE instance_id = ? ORDER BY seq',
				instanceId,
			)
			.map(({ message_id, jid, text }) => ({ messageId: message_id, jid, text }));
	}

	/** The message an Idempotency-Key has led to, while the key lasts. */
	findByKey(
		instanceId: string,
		key: string,
		now: number,
	): { messageId: string; bodyHash: string } | undefined {
		const row = this.database.get<{ message_id: string; body_hash: string }>(
			`SELECT message_id, body_hash FROM idempotency_keys
			WHERE instance_id = ? AND key = ? AND expires_at > ?`,
			instanceId,
			key,
			now,
		);
		return row && { messageId: row.message_id, bodyHash: row.body_hash };
	}

	rememberKey(
		instanceId: string,
		entry: { key: string; bodyHash: string; messageId: string; expiresAt: number },
	): Statement {
		return {
			sql: `INSERT INTO idempotency_keys (instance_id, key, body_hash, message_id, expires_at)
				VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET body_hash = excluded.body_hash,
				message_id = excluded.message_id, expires_at = excluded.expires_at`,
			params: [instanceId, entry.key, entry.bodyHash, entry.messageId, entry.expiresAt],
		};
	}
}
