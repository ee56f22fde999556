import type { Database } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { Outgoing, PendingUpload } from './Outgoing';

interface QueueRow extends Record<string, string | number | Uint8Array | null> {
	message_id: string;
	jid: string;
	content: Uint8Array | null;
	upload: string | null;
	has_upload: number;
	typing_ms: number;
	is_checked: number;
	refused_name: string | null;
}

/** What is still to be sent, in order. A row goes only when WhatsApp's server has accepted or refused it. */
export class SendQueueRepository {
	constructor(private readonly database: Database) {}

	/** To be run before the row of the journal is written: what stands there was queued before. */
	insert(instanceId: string, outgoing: Outgoing, now: number): Statement {
		return toInsert(
			{ instanceId, outgoing, now },
			`WHERE NOT EXISTS (SELECT 1 FROM messages
				WHERE instance_id = ?1 AND message_id = ?2 AND from_me = 1)`,
		);
	}

	/** What has become of a stored message meanwhile: its file is uploaded, its recipient found. */
	update(instanceId: string, { messageId, jid, content, upload, isChecked }: Outgoing): Statement {
		return {
			sql: `UPDATE send_queue SET jid = ?, content = ${seal('send_queue.content', '?')},
				upload = ${seal('send_queue.upload', '?')}, is_checked = ?
				WHERE instance_id = ? AND message_id = ?`,
			params: [
				jid,
				content,
				upload && JSON.stringify(upload),
				Number(isChecked),
				instanceId,
				messageId,
			],
		};
	}

	/** WhatsApp has refused it under this name of its recipient. */
	setRefused(instanceId: string, messageId: string, name: string): Statement {
		return {
			sql: 'UPDATE send_queue SET refused_name = ? WHERE instance_id = ? AND message_id = ?',
			params: [name, instanceId, messageId],
		};
	}

	/** The name under which it was refused, null when it was not; undefined when it does not wait any more. */
	findRefused(instanceId: string, messageId: string): string | null | undefined {
		return this.database.get<{ refused_name: string | null }>(
			'SELECT refused_name FROM send_queue WHERE instance_id = ? AND message_id = ?',
			instanceId,
			messageId,
		)?.refused_name;
	}

	remove(instanceId: string, messageId: string): Statement {
		return {
			sql: 'DELETE FROM send_queue WHERE instance_id = ? AND message_id = ?',
			params: [instanceId, messageId],
		};
	}

	/** What can be sent, and the ids of what cannot any more: it is damaged. */
	read(instanceId: string): { waiting: Outgoing[]; damaged: string[] } {
		const rows = this.database
			.all<QueueRow>(
				`SELECT message_id, jid, ${openOrNull('send_queue.content')},
				upload IS NOT NULL AS has_upload, ${openOrNull('send_queue.upload')},
				typing_ms, is_checked, refused_name FROM send_queue
				WHERE instance_id = ? ORDER BY seq`,
				instanceId,
			)
			.map((row) => ({ messageId: row.message_id, outgoing: toOutgoing(row) }));
		return {
			waiting: rows.flatMap(({ outgoing }) => outgoing ?? []),
			damaged: rows.flatMap(({ messageId, outgoing }) => (outgoing ? [] : messageId)),
		};
	}

	/** Everything in the queue, readable or not. */
	ids(instanceId: string): string[] {
		return this.database
			.all<{ message_id: string }>(
				'SELECT message_id FROM send_queue WHERE instance_id = ? ORDER BY seq',
				instanceId,
			)
			.map(({ message_id }) => message_id);
	}

	/** The message an Idempotency-Key has led to, while the key lasts. */
	findByKey(
		instanceId: string,
		key: string,
		now: number,
	): { messageId: string; bodyHash: string } | undefined {
		const row = this.database.get<{ message_id: string; body_hash: string | null }>(
			`SELECT message_id, ${openOrNull('idempotency_keys.body_hash')} FROM idempotency_keys
			WHERE instance_id = ? AND key = ? AND expires_at > ?`,
			instanceId,
			key,
			now,
		);
		// Nobody can tell any more what the key was given for: it fits no other call.
		return row && { messageId: row.message_id, bodyHash: row.body_hash ?? '' };
	}

	/** The hash is sealed: that of a short text could be found by trying. */
	rememberKey(
		instanceId: string,
		entry: { key: string; bodyHash: string; messageId: string; expiresAt: number },
	): Statement {
		return {
			sql: `INSERT INTO idempotency_keys (instance_id, key, body_hash, message_id, expires_at)
				VALUES (?1, ?2, ${seal('idempotency_keys.body_hash', '?3', '?1', '?2')}, ?4, ?5)
				ON CONFLICT DO UPDATE SET body_hash = excluded.body_hash,
				message_id = excluded.message_id, expires_at = excluded.expires_at`,
			params: [instanceId, entry.key, entry.bodyHash, entry.messageId, entry.expiresAt],
		};
	}
}

/** undefined for what is damaged. */
function toOutgoing(row: QueueRow): Outgoing | undefined {
	if (row.content === null || (row.has_upload === 1 && row.upload === null)) return undefined;
	return {
		messageId: row.message_id,
		jid: row.jid,
		content: row.content,
		upload: row.upload === null ? null : (JSON.parse(row.upload) as PendingUpload),
		typingMs: row.typing_ms,
		isChecked: row.is_checked === 1,
		refusedName: row.refused_name,
	};
}

function toInsert(
	{ instanceId, outgoing, now }: { instanceId: string; outgoing: Outgoing; now: number },
	condition: string,
): Statement {
	const { messageId, jid, content, upload, typingMs, isChecked } = outgoing;
	return {
		sql: `INSERT INTO send_queue
			(instance_id, message_id, jid, content, upload, typing_ms, is_checked, created_at)
			SELECT ?1, ?2, ?3, ${seal('send_queue.content', '?4', '?1', '?2')},
				${seal('send_queue.upload', '?5', '?1', '?2')}, ?6, ?7, ?8
			${condition}
			ON CONFLICT DO NOTHING`,
		params: [
			instanceId,
			messageId,
			jid,
			content,
			upload && JSON.stringify(upload),
			typingMs,
			Number(isChecked),
			now,
		],
	};
}
