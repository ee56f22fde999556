import type { MessageState } from '../../contract';
import type { Database } from '../storage/Database';
import { openOrNull, seal, type SealedColumn } from '../storage/encryption/sealedColumns';
import type { SqlValue, Statement } from '../storage/Statement';
import type { JournalKey } from './JournalKey';
import { toConditions, type MessageQuery } from './MessageQuery';
import {
	MESSAGE_COLUMNS,
	toStoredRow,
	type MessageColumns,
	type MessageRow,
	type StatusRow,
	type StoredRow,
} from './messageRows';
import type { StoredDetails, StoredMedia } from './StoredDetails';

/** Types of rows that are never shown: what keeps the protocol going, and changes of other messages. */
const HIDDEN = `('protocol', 'edit', 'delete')`;

/** The journal: every message once, and what became of those that were sent from here. */
export class MessageRepository {
	constructor(
		private readonly database: Database,
		private readonly ttlMs: number,
	) {}

	has(instanceId: string, { messageId, chat, participant, isFromMe }: JournalKey): boolean {
		return (
			this.database.get(
				`SELECT 1 FROM messages
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?`,
				instanceId,
				messageId,
				chat,
				participant,
				Number(isFromMe),
			) !== undefined
		);
	}

	insert(instanceId: string, row: MessageRow, now: number): Statement {
		const { key, sender } = row;
		return {
			sql: `INSERT INTO messages (instance_id, chat, message_id, participant, from_me, chat_id, type, text,
				details, content, number, sender_phone, sender_lid, sender_name, sent_at, status, target,
				media_sha256, media_state, protocol_pending, expires_at)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${sealNew('messages.text', '?8')},
				${sealNew('messages.details', '?9')}, ${sealNew('messages.content', '?10')}, ?11, ?12, ?13,
				${sealNew('messages.sender_name', '?14')}, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
				ON CONFLICT DO NOTHING`,
			params: [
				instanceId,
				key.chat,
				key.messageId,
				key.participant,
				Number(key.isFromMe),
				row.chatId,
				row.type,
				row.text,
				JSON.stringify(row.details),
				row.content,
				row.number,
				sender.phone,
				sender.lid,
				sender.name,
				row.sentAtMs,
				row.status,
				row.target,
				row.details.media?.sha256 ?? null,
				row.mediaState,
				Number(row.isProtocolPending),
				now + this.ttlMs,
			],
		};
	}

	/** The content of a protocol message holds keys: it goes as soon as it has done its work. */
	protocolDone(instanceId: string, key: JournalKey): Statement {
		return {
			sql: `UPDATE messages SET protocol_pending = 0, content = NULL
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND protocol_pending = 1`,
			params: [instanceId, key.messageId, key.chat],
		};
	}

	unfinishedProtocol(instanceId: string): Array<{ key: JournalKey; content: Uint8Array }> {
		return this.database
			.all<{ message_id: string; chat: string; participant: string; content: Uint8Array | null }>(
				`SELECT message_id, chat, participant, ${openOrNull('messages.content')} FROM messages
				WHERE instance_id = ? AND protocol_pending = 1 ORDER BY sent_at`,
				instanceId,
			)
			.flatMap(({ message_id, chat, participant, content }) =>
				content
					? [{ key: { messageId: message_id, chat, participant, isFromMe: true }, content }]
					: [],
			);
	}

	findFailure(instanceId: string, messageId: string): string | undefined {
		return this.database.get<{ reason: string }>(
			`SELECT reason FROM message_statuses
			WHERE instance_id = ? AND message_id = ? AND status = 'FAILED'`,
			instanceId,
			messageId,
		)?.reason;
	}

	/** A message that is shown and has not expired; one that was sent to oneself as the sent one. */
	find(instanceId: string, messageId: string, now: number): StoredRow | undefined {
		return this.findRow(
			instanceId,
			messageId,
			// The plus keeps SQLite from walking an index that has this order: one id has a few rows at most.
			`AND type NOT IN ${HIDDEN} AND expires_at > ? ORDER BY +from_me DESC LIMIT 1`,
			now,
		);
	}

	/**
	 * Messages that are shown and have not expired, newest first; `seq` is a row's place among its like.
	 * Both directions stand in the index by themselves: SQLite merges the two as it reads them.
	 */
	list(instanceId: string, query: MessageQuery, now: number): Array<StoredRow & { seq: number }> {
		const { sql, params } = toConditions(query, 4);
		const directions = query.isFromMe === undefined ? [0, 1] : [Number(query.isFromMe)];
		const lists = directions.map(
			(fromMe) => `SELECT seq, ${MESSAGE_COLUMNS} FROM messages
				WHERE instance_id = ?1 AND from_me = ${fromMe} AND type NOT IN ${HIDDEN} AND expires_at > ?2${sql}`,
		);
		return this.database
			.all<MessageColumns & { seq: number }>(
				`${lists.join(' UNION ALL ')} ORDER BY sent_at DESC, seq DESC LIMIT ?3`,
				instanceId,
				now,
				query.limit,
				...params,
			)
			.map((row) => ({ ...this.toStoredRow(instanceId, row), seq: row.seq }));
	}

	/** What the newest message with this file says of it; undefined when there is none any more. */
	findMedia(instanceId: string, sha256: string, now: number): StoredMedia | undefined {
		const row = this.database.get<{ details: string | null }>(
			`SELECT ${openOrNull('messages.details')} FROM messages WHERE seq = (SELECT seq FROM messages
			WHERE instance_id = ? AND media_sha256 = ? AND expires_at > ? ORDER BY sent_at DESC LIMIT 1)`,
			instanceId,
			sha256,
			now,
		);
		return (JSON.parse(row?.details ?? '{}') as StoredDetails).media;
	}

	/** A message that came from others, or that the owner typed on the phone. */
	findOthers(instanceId: string, messageId: string): StoredRow | undefined {
		return this.findRow(instanceId, messageId, `AND type NOT IN ${HIDDEN} LIMIT 1`);
	}

	/** A message that was sent from here, changes of other messages included. */
	findSent(instanceId: string, messageId: string): StoredRow | undefined {
		const row = this.findRow(instanceId, messageId, `AND from_me = 1 AND type <> 'protocol'`);
		// What the owner typed on the phone is in the journal too, but was never queued here.
		return row?.statuses.some(({ status }) => status === 'QUEUED') ? row : undefined;
	}

	/** Serialised `proto.Message` of a message; undefined when it is not kept, or damaged. */
	findContent(instanceId: string, key: JournalKey): Uint8Array | undefined {
		return (
			this.database.get<{ content: Uint8Array | null }>(
				`SELECT ${openOrNull('messages.content')} FROM messages
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?
				AND type <> 'protocol'`,
				instanceId,
				key.messageId,
				key.chat,
				key.participant,
				Number(key.isFromMe),
			)?.content ?? undefined
		);
	}

	addStatus(
		instanceId: string,
		messageId: string,
		entry: { status: MessageState; participant: string; at: number; reason?: string },
	): Statement {
		return {
			sql: `INSERT INTO message_statuses
				(instance_id, message_id, participant, status, at, reason, expires_at)
				VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			params: [
				instanceId,
				messageId,
				entry.participant,
				entry.status,
				entry.at,
				entry.reason ?? null,
				entry.at + this.ttlMs,
			],
		};
	}

	/** The status the look-up shows: the furthest that anybody's copy has come. */
	setStatus(
		instanceId: string,
		{ messageId, isFromMe }: Pick<JournalKey, 'messageId' | 'isFromMe'>,
		status: MessageState,
	): Statement {
		return {
			sql: 'UPDATE messages SET status = ? WHERE instance_id = ? AND message_id = ? AND from_me = ?',
			params: [status, instanceId, messageId, Number(isFromMe)],
		};
	}

	/** What a message is after an edit of its author; its content only where that is known. */
	setEdited(
		instanceId: string,
		key: JournalKey,
		edited: { text: string; details: StoredDetails; content: Uint8Array | null },
	): Statement {
		return {
			sql: `UPDATE messages SET text = ${seal('messages.text', '?')},
				details = ${seal('messages.details', '?')},
				content = coalesce(${seal('messages.content', '?')}, content), edited = 1
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?`,
			params: [
				edited.text,
				JSON.stringify(edited.details),
				edited.content,
				...toPlace(instanceId, key),
			],
		};
	}

	setDetails(instanceId: string, key: JournalKey, details: StoredDetails): Statement {
		return {
			sql: `UPDATE messages SET details = ${seal('messages.details', '?')}
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?`,
			params: [JSON.stringify(details), ...toPlace(instanceId, key)],
		};
	}

	/** Where a message that is not sent yet goes after all, and its content with the uploaded file. */
	setOutgoing(
		instanceId: string,
		messageId: string,
		to: { chat: string; number: string; content: Uint8Array },
	): Statement {
		return {
			sql: `UPDATE messages SET chat = ?, chat_id = ?, number = ?,
				content = ${seal('messages.content', '?')}
				WHERE instance_id = ? AND message_id = ? AND from_me = 1`,
			params: [to.chat, to.chat, to.number, to.content, instanceId, messageId],
		};
	}

	private findRow(
		instanceId: string,
		messageId: string,
		condition: string,
		...more: SqlValue[]
	): StoredRow | undefined {
		const row = this.database.get<MessageColumns>(
			`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE instance_id = ? AND message_id = ? ${condition}`,
			instanceId,
			messageId,
			...more,
		);
		return row && this.toStoredRow(instanceId, row);
	}

	private toStoredRow(instanceId: string, row: MessageColumns): StoredRow {
		return toStoredRow(row, this.statusesOf(instanceId, row.message_id));
	}

	private statusesOf(instanceId: string, messageId: string): StatusRow[] {
		return this.database.all<StatusRow>(
			`SELECT status, participant, at, reason FROM message_statuses
			WHERE instance_id = ? AND message_id = ? ORDER BY at, CASE status
				WHEN 'QUEUED' THEN 0 WHEN 'SENT' THEN 1 WHEN 'RECEIVED' THEN 2 ELSE 3 END`,
			instanceId,
			messageId,
		);
	}
}

/** For the row that is being inserted, with its key in the parameters 1 and 3 to 5. */
function sealNew(column: SealedColumn, value: string): string {
	return seal(column, value, '?1', '?3', '?4', '?5');
}

function toPlace(
	instanceId: string,
	{ messageId, chat, participant, isFromMe }: JournalKey,
): SqlValue[] {
	return [instanceId, messageId, chat, participant, Number(isFromMe)];
}
