import type { JournalKey } from '../messages/JournalKey';
import type { Database, Row } from '../storage/Database';
import { openedOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { ChatNews } from './PeopleNews';

export interface StoredChat extends Row {
	id: string;
	name: string | null;
	/** Unix milliseconds; 0 while no message is known. */
	last_message_at: number;
	unread_count: number;
	/** null where nothing was heard of it. */
	timer_seconds: number | null;
}

/** So many messages are marked read at once. */
const MAX_UNREAD = 1000;
/** Nobody reads these one by one. */
const NOT_CONTENT = `('protocol', 'edit', 'reaction', 'poll_vote', 'call')`;
/** In a condition of its own: the index of what is unread has the one above word for word. */
const NO_CHANGE = `type <> 'group_change'`;

/** What a chat is called, the best first. */
const NAMES = [
	openedOrNull('groups.subject', 'groups'),
	openedOrNull('contacts.name', 'contacts'),
	openedOrNull('chats.name', 'page'),
	openedOrNull('contacts.push_name', 'contacts'),
];

/** The conversations of an account. */
export class ChatRepository {
	constructor(
		private readonly database: Database,
		private readonly ttlMs: number,
	) {}

	/** Those with the newest message first; `after` is the last one of the page before. */
	list(
		instanceId: string,
		limit: number,
		after: [number, string] = [Number.MAX_SAFE_INTEGER, ''],
	): StoredChat[] {
		return this.database.all<StoredChat>(
			`WITH page AS MATERIALIZED (
				SELECT instance_id, id, name, coalesce(last_message_at, 0) AS at, unread_count, timer_seconds
				FROM chats
				WHERE instance_id = ? AND (coalesce(last_message_at, 0), id) < (?, ?)
				ORDER BY at DESC, id DESC LIMIT ?)
			SELECT page.id, at AS last_message_at, unread_count, timer_seconds, coalesce(${NAMES.join(', ')}) AS name
			FROM page
			LEFT JOIN groups ON groups.instance_id = page.instance_id AND groups.id = page.id
			LEFT JOIN contacts ON contacts.instance_id = page.instance_id AND contacts.id = page.id
			ORDER BY at DESC, page.id DESC`,
			instanceId,
			...after,
			limit,
		);
	}

	has(instanceId: string, id: string): boolean {
		const sql = 'SELECT 1 FROM chats WHERE instance_id = ? AND id = ?';
		return this.database.get(sql, instanceId, id) !== undefined;
	}

	/** Chats whose messages disappear, with the seconds after which they do. */
	timers(instanceId: string): Array<{ id: string; seconds: number }> {
		return this.database.all<Row & { id: string; seconds: number }>(
			'SELECT id, timer_seconds AS seconds FROM chats INDEXED BY chats_with_timer WHERE instance_id = ? AND timer_seconds > 0',
			instanceId,
		);
	}

	/** Whether its messages go by LID; undefined where nothing was heard of it. */
	isByLid(instanceId: string, id: string): boolean | undefined {
		const sql = 'SELECT by_lid FROM chats WHERE instance_id = ? AND id = ?';
		const byLid = this.database.get<Row & { by_lid: number | null }>(sql, instanceId, id)?.by_lid;
		return typeof byLid === 'number' ? byLid === 1 : undefined;
	}

	/** Nothing when no such chat is known, or nothing new is said of it. */
	setByLid(instanceId: string, id: string, isByLid: boolean): Statement {
		return {
			sql: `UPDATE chats SET by_lid = ?3 WHERE instance_id = ?1 AND id = ?2 AND by_lid IS NOT ?3`,
			params: [instanceId, id, Number(isByLid)],
		};
	}

	/** A message in it: `unread` more have not been read. */
	touch(
		instanceId: string,
		chat: {
			id: string;
			sentAtMs: number;
			unread: number;
			timerSeconds: number | null;
			isByLid: boolean | null;
		},
		now: number,
	): Statement {
		return {
			sql: `INSERT INTO chats (instance_id, id, last_message_at, unread_count, expires_at, timer_seconds,
				by_lid) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (instance_id, id) DO UPDATE SET
				last_message_at = max(coalesce(last_message_at, 0), excluded.last_message_at),
				unread_count = unread_count + excluded.unread_count, expires_at = excluded.expires_at,
				timer_seconds = coalesce(excluded.timer_seconds, timer_seconds),
				by_lid = coalesce(excluded.by_lid, by_lid)`,
			params: [
				instanceId,
				chat.id,
				chat.sentAtMs,
				chat.unread,
				now + this.ttlMs,
				chat.timerSeconds,
				chat.isByLid === null ? null : Number(chat.isByLid),
			],
		};
	}

	/** What the phone says of it. By which name it goes is known better from messages. */
	put(instanceId: string, news: ChatNews, now: number): Statement {
		return {
			sql: `INSERT INTO chats (instance_id, id, name, last_message_at, unread_count, expires_at,
				timer_seconds, by_lid) VALUES (?1, ?2, ${seal('chats.name', '?3', '?1', '?2')}, ?4,
				coalesce(?5, 0), ?6, ?7, ?8) ON CONFLICT (instance_id, id) DO UPDATE SET
				name = coalesce(excluded.name, name),
				last_message_at = max(coalesce(last_message_at, 0), coalesce(excluded.last_message_at, 0)),
				unread_count = coalesce(?5, unread_count), expires_at = excluded.expires_at,
				timer_seconds = coalesce(?7, timer_seconds), by_lid = coalesce(by_lid, ?8)`,
			params: [
				instanceId,
				news.id,
				news.name || null,
				news.lastMessageAt || null,
				news.unreadCount ?? null,
				now + this.ttlMs,
				news.timerSeconds ?? null,
				news.isByLid === undefined ? null : Number(news.isByLid),
			],
		};
	}

	/** Messages of others that were not marked read from here, newest first. */
	unreadKeys(instanceId: string, chatId: string): JournalKey[] {
		return this.database
			.all<Row & { message_id: string; chat: string; participant: string }>(
				`SELECT message_id, chat, participant FROM messages
				WHERE instance_id = ?1 AND chat_id = ?2 AND from_me = 0 AND status = 'RECEIVED'
				AND type NOT IN ${NOT_CONTENT} AND ${NO_CHANGE} AND sent_at >= coalesce(
					(SELECT read_at FROM chats WHERE instance_id = ?1 AND id = ?2), 0)
				ORDER BY sent_at DESC LIMIT ${MAX_UNREAD}`,
				instanceId,
				chatId,
			)
			.map(({ message_id, chat, participant }) => ({
				messageId: message_id,
				chat,
				participant,
				isFromMe: false,
			}));
	}

	/** The message of somebody else with that id in a chat. */
	findKey(instanceId: string, chatId: string, messageId: string): JournalKey | undefined {
		const row = this.database.get<Row & { chat: string; participant: string }>(
			`SELECT chat, participant FROM messages
			WHERE instance_id = ? AND message_id = ? AND chat_id = ? AND from_me = 0
			AND type NOT IN ${NOT_CONTENT} AND ${NO_CHANGE}`,
			instanceId,
			messageId,
			chatId,
		);
		return row && { messageId, ...row, isFromMe: false };
	}

	/** These were marked read from here. */
	markRead(instanceId: string, chatId: string, keys: readonly JournalKey[]): Statement[] {
		const messages = keys.map(({ messageId, chat, participant }) => ({
			sql: `UPDATE messages SET status = 'READ' WHERE instance_id = ? AND message_id = ? AND chat = ?
				AND participant = ? AND from_me = 0`,
			params: [instanceId, messageId, chat, participant],
		}));
		const count = {
			sql: 'UPDATE chats SET unread_count = max(unread_count - ?, 0) WHERE instance_id = ? AND id = ?',
			params: [keys.length, instanceId, chatId],
		};
		return [...messages, count];
	}

	/** Everything until now is read, here or on the phone. */
	markAllRead(instanceId: string, chatId: string): Statement {
		return {
			sql: `UPDATE chats SET unread_count = 0, read_at = coalesce(last_message_at, 0)
				WHERE instance_id = ? AND id = ?`,
			params: [instanceId, chatId],
		};
	}
}
