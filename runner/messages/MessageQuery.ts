import type { MessageType } from '../../contract';
import type { SqlValue } from '../storage/Statement';

/** Which messages are listed, newest first. Times are Unix milliseconds, both ends included. */
export interface MessageQuery {
	/** As views show it: the phone's JID when it is known. */
	chatId?: string;
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
	if (type !== undefined) conditions.push(`type = ${place(type)}`);
	if (since !== undefined) conditions.push(`sent_at >= ${place(since)}`);
	if (until !== undefined) conditions.push(`sent_at <= ${place(until)}`);
	if (before) {
		conditions.push(`(sent_at, seq) < (${place(before.sentAtMs)}, ${place(before.seq)})`);
	}
	return { sql: conditions.map((sql) => ` AND ${sql}`).join(''), params };
}

/** The condition for a chat by any of its names, which are given twice. */
export function toChatCondition(chats: readonly string[] | undefined): string {
	if (!chats) return '';
	const names = chats.map(() => '?').join(', ');
	return ` AND (chat_id IN (${names}) OR chat IN (${names}))`;
}
