import type { MessageState, MessageType, MessageView, StatusEntry } from '../../contract';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import type { JournalKey } from './JournalKey';

export interface MessageRow {
	key: JournalKey;
	/** `protocol` rows are never shown. */
	type: MessageType | 'protocol';
	text: string;
	/** A serialised protocol message whose effects are still to come. */
	protocol: Uint8Array | null;
	number: string;
	sentAtMs: number;
	status: MessageState;
}

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
		const { key } = row;
		return {
			sql: `INSERT INTO messages (instance_id, chat, message_id, participant, from_me, type, text,
				content, number, sent_at, status, protocol_pending, expires_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			params: [
				instanceId,
				key.chat,
				key.messageId,
				key.participant,
				Number(key.isFromMe),
				row.type,
				row.text,
				row.protocol,
				row.number,
				row.sentAtMs,
				row.status,
				Number(row.protocol !== null),
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
				`SELECT message_id, chat, participant, content FROM messages
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

	/** Where a message stands that came from others, or that the owner typed on the phone. */
	findOthers(instanceId: string, messageId: string): KnownMessage | undefined {
		const row = this.database.get<MessagePlace>(
			`SELECT text, number, chat, from_me, participant FROM messages
			WHERE instance_id = ? AND message_id = ? AND type <> 'protocol' LIMIT 1`,
			instanceId,
			messageId,
		);
		return row && toKnown(row, this.statuses(instanceId, messageId));
	}

	/** A message that was sent from here: its text, where it went and every status it has had. */
	findSent(instanceId: string, messageId: string): KnownMessage | undefined {
		const row = this.database.get<MessagePlace>(
			'SELECT text, number, chat, from_me, participant FROM messages WHERE instance_id = ? AND message_id = ? AND from_me = 1',
			instanceId,
			messageId,
		);
		if (!row) return undefined;
		const statuses = this.statuses(instanceId, messageId);
		// What the owner typed on the phone is in the journal too, but was never queued here.
		if (!statuses.some(({ status }) => status === 'QUEUED')) return undefined;
		return toKnown(row, statuses);
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
	setStatus(instanceId: string, messageId: string, status: MessageState): Statement {
		return {
			sql: 'UPDATE messages SET status = ? WHERE instance_id = ? AND message_id = ? AND from_me = 1',
			params: [status, instanceId, messageId],
		};
	}

	/** For `GET /api/message/:messageId`; a message one sent to oneself is shown as the sent one. */
	find(instanceId: string, messageId: string): MessageView | undefined {
		const row = this.database.get<{
			number: string;
			text: string;
			type: MessageType;
			from_me: number;
			sent_at: number;
			status: MessageState;
		}>(
			`SELECT number, text, type, from_me, sent_at, status FROM messages
			WHERE instance_id = ? AND message_id = ? AND expires_at > ? AND type <> 'protocol'
			ORDER BY from_me DESC LIMIT 1`,
			instanceId,
			messageId,
			Date.now(),
		);
		if (!row) return undefined;
		return {
			messageId,
			number: row.number,
			message: row.text,
			type: row.type,
			fromMe: row.from_me === 1,
			timestamp: new Date(row.sent_at).toISOString(),
			status: row.status,
			statusHistory: this.statuses(instanceId, messageId).map(toStatusEntry),
		};
	}

	private statuses(instanceId: string, messageId: string): StatusRow[] {
		return this.database.all<StatusRow>(
			`SELECT status, participant, at, reason FROM message_statuses
			WHERE instance_id = ? AND message_id = ? ORDER BY at, CASE status
				WHEN 'QUEUED' THEN 0 WHEN 'SENT' THEN 1 WHEN 'RECEIVED' THEN 2 ELSE 3 END`,
			instanceId,
			messageId,
		);
	}
}

export interface KnownMessage {
	text: string;
	number: string;
	chat: string;
	isFromMe: boolean;
	/** JID in groups, else "". */
	author: string;
	statuses: StatusRow[];
}

interface MessagePlace extends Record<string, string | number> {
	text: string;
	number: string;
	chat: string;
	from_me: number;
	participant: string;
}

function toKnown(row: MessagePlace, statuses: StatusRow[]): KnownMessage {
	const { text, number, chat, from_me, participant } = row;
	return { text, number, chat, isFromMe: from_me === 1, author: participant, statuses };
}

interface StatusRow extends Record<string, string | number | null> {
	status: MessageState;
	participant: string;
	at: number;
	reason: string | null;
}

function toStatusEntry({ status, participant, at, reason }: StatusRow): StatusEntry {
	return {
		status,
		at: new Date(at).toISOString(),
		...(participant ? { participant } : {}),
		...(reason ? { reason } : {}),
	};
}
