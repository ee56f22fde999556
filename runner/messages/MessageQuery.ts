import type { MessageType } from '../../contract';
import type { SqlValue } from '../storage/Statement';

/** Which messages are listed, newest first. Times are Unix milliseconds, both ends included. */
export interface MessageQuery {
	/** As views show it: the phone's JID when it is known. */
	chatId?: string;
	/** Without one all but `group_change`. */
	type?: MessageType;
	isFromMe?: boolean;
	since?: number;
	until?: number;
	/** Those after this place, exclusively. */
	before?: { sentAtMs: number; seq: number };
	limit: number;
}

/** Which message is meant: ids are made up by senders, so two chats can have the same. */
export interface MessageReference {
	messageId: string;
	/** The names of the chat it stands in; without them it is the first that was stored. */
	chats?: readonly string[];
	/** The names of its author, who is not this account; the chat it stands in does not matter then. */
	author?: readonly string[];
}

/** The conditions of a query, but for the direction, to follow others whose parameters end before `first`. */
export function toConditions(
	{ chatId, type, since, until, before }: MessageQuery,
	first: number,
): { sql: string; params: SqlValue[] } {
	const conditions: string[] = [];
	const params: SqlValue[] = [];
	const place = (value: SqlValue) => `?${first - 1 + params.push(value)}`;
	if (chatId !== undefined) conditions.push(`chat_id = ${place(chatId)}`);
	// What happened to groups is no part of what was said, and listed when it is asked for.
	conditions.push(type === undefined ? `type <> 'group_change'` : `type = ${place(type)}`);
	if (since !== undefined) conditions.push(`sent_at >= ${place(since)}`);
	if (until !== undefined) conditions.push(`sent_at <= ${place(until)}`);
	if (before) {
		conditions.push(`(sent_at, seq) < (${place(before.sentAtMs)}, ${place(before.seq)})`);
	}
	return { sql: conditions.map((sql) => ` AND ${sql}`).join(''), params };
}

/** The conditions for a chat and an author, each by any of its names. */
export function toReferenceConditions({ chats, author }: Omit<MessageReference, 'messageId'>): {
	sql: string;
	params: string[];
} {
	const conditions = [
		...(chats ? [toEither(['chat_id', 'chat'], chats)] : []),
		...(author
			? [`from_me = 0 AND ${toEither(["sender_phone || '@s.whatsapp.net'", 'sender_lid'], author)}`]
			: []),
	];
	const params = [chats, author].flatMap((names) => (names ? [...names, ...names] : []));
	return { sql: conditions.map((sql) => ` AND ${sql}`).join(''), params };
}

/** One of two columns has one of these values, which are given twice. */
function toEither([one, other]: [string, string], values: readonly string[]): string {
	const list = values.map(() => '?').join(', ');
	return `(${one} IN (${list}) OR ${other} IN (${list}))`;
}
