import type { MessageState } from '../../contract';
import type { Database } from '../storage/Database';
import { openOrNull, seal, type SealedColumn } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { JournalKey } from './JournalKey';
import {
	toConditions,
	toReferenceConditions,
	type MessageQuery,
	type MessageReference,
} from './MessageQuery';
import {
	HIDDEN_TYPES,
	MESSAGE_COLUMNS,
	toCandidate,
	toStoredRow,
	type CandidateColumns,
	type MessageColumns,
	type MessageRow,
	type StatusRow,
	type StoredRow,
} from './messageRows';
import { toStatusInsert, type NewStatus } from './statusRows';
import type { StoredDetails, StoredMedia } from './StoredDetails';
import type { Written } from './whoWrote';

const HIDDEN = `('${HIDDEN_TYPES.join(`', '`)}')`;

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
				target_participant, target_from_me, media_sha256, media_state, protocol_pending, expires_at)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${sealNew('messages.text', '?8')},
				${sealNew('messages.details', '?9')}, ${sealNew('messages.content', '?10')}, ?11, ?12, ?13,
				${sealNew('messages.sender_name', '?14')}, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
				?22, ?23)
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
				row.target?.messageId ?? null,
				row.target?.participant ?? null,
				row.target ? Number(row.target.isFromMe) : null,
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
			WHERE instance_id = ? AND message_id = ? AND from_me = 1 AND status = 'FAILED'`,
			instanceId,
			messageId,
		)?.reason;
	}

	/**
	 * A message that is shown and has not expired: that of a chat, by any of its names, or else the first
	 * one that was stored; one of this account before all others.
	 */
	find(
		instanceId: string,
		{ messageId, ...reference }: MessageReference,
		now: number,
	): StoredRow | undefined {
		const { sql, params } = toReferenceConditions(reference);
		// The plus keeps SQLite from walking an index that has this order: one id has a few rows at most.
		const row = this.database.get<{ seq: number }>(
			`SELECT seq FROM messages WHERE instance_id = ? AND message_id = ?
			AND type NOT IN ${HIDDEN} AND expires_at > ?${sql}
			ORDER BY +from_me DESC, +seq LIMIT 1`,
			instanceId,
			messageId,
			now,
			...params,
		);
		return row && this.readRow(instanceId, row.seq);
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

	/** All messages of an id, in the order they were stored; `seq` is what they are read by. */
	candidates(instanceId: string, messageId: string): Array<Written & { seq: number }> {
		return this.database
			.all<CandidateColumns>(
				`SELECT seq, chat, participant, from_me, number, sender_phone, sender_lid FROM messages
				WHERE instance_id = ? AND message_id = ?`,
				instanceId,
				messageId,
			)
			.map((row) => toCandidate(messageId, row))
			.sort((one, other) => one.seq - other.seq);
	}

	readRow(instanceId: string, seq: number): StoredRow | undefined {
		const row = this.database.get<MessageColumns>(
			`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE seq = ?`,
			seq,
		);
		return row && this.toStoredRow(instanceId, row);
	}

	/** Serialised `proto.Message` of a message; undefined when it is not kept, or damaged. */
	findContent(instanceId: string, key: JournalKey): Uint8Array | undefined {
		return (
			this.database.get<{ content: Uint8Array | null }>(
				`SELECT ${openOrNull('messages.content')} FROM messages
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?
				AND protocol_pending = 0`,
				...toPlace(instanceId, key),
			)?.content ?? undefined
		);
	}

	addStatus(instanceId: string, key: JournalKey, entry: NewStatus): Statement {
		return toStatusInsert(toPlace(instanceId, key), entry, this.ttlMs);
	}

	/** The status the look-up shows: the furthest that anybody's copy has come. */
	setStatus(instanceId: string, key: JournalKey, status: MessageState): Statement {
		return {
			sql: `UPDATE messages SET status = ?
				WHERE instance_id = ? AND message_id = ? AND chat = ? AND participant = ? AND from_me = ?`,
			params: [status, ...toPlace(instanceId, key)],
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
	): Statement[] {
		return [
			{
				sql: `UPDATE messages SET chat = ?, chat_id = ?, number = ?,
					content = ${seal('messages.content', '?')}
					WHERE instance_id = ? AND message_id = ? AND participant = '' AND from_me = 1`,
				params: [to.chat, to.chat, to.number, to.content, instanceId, messageId],
			},
			{
				sql: `UPDATE message_statuses SET chat = ?
					WHERE instance_id = ? AND message_id = ? AND author = '' AND from_me = 1`,
				params: [to.chat, instanceId, messageId],
			},
		];
	}

	private toStoredRow(instanceId: string, row: MessageColumns): StoredRow {
		const { message_id: messageId, chat, participant, from_me } = row;
		const key = { messageId, chat, participant, isFromMe: from_me === 1 };
		return toStoredRow(row, this.statusesOf(instanceId, key));
	}

	private statusesOf(instanceId: string, key: JournalKey): StatusRow[] {
		return this.database.all<StatusRow>(
			`SELECT status, participant, at, reason FROM message_statuses
			WHERE instance_id = ? AND message_id = ? AND chat = ? AND author = ? AND from_me = ?
			ORDER BY at, CASE status WHEN 'QUEUED' THEN 0 WHEN 'SENT' THEN 1 WHEN 'RECEIVED' THEN 2 ELSE 3 END`,
			...toPlace(instanceId, key),
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
): [string, string, string, string, number] {
	return [instanceId, messageId, chat, participant, Number(isFromMe)];
}
