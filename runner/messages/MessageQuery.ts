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

/** The conditions of a query, to follow a WHERE clause. */
export function toConditions(query: MessageQuery): { sql: string; params: SqlValue[] } {
	const { chatId, type, isFromMe, since, until, before } = query;
	const conditions: Array<[sql: string, ...params: SqlValue[]]> = [];
	if (chatId !== undefined) conditions.push(['chat_id = ?', chatId]);
	if (type !== undefined) conditions.push(['type = ?', type]);
	if (isFromMe !== undefined) conditions.push(['from_me = ?', Number(isFromMe)]);
	if (since !== undefined) conditions.push(['sent_at >= ?', since]);
	if (until !== undefined) conditions.push(['sent_at <= ?', until]);
	if (before) conditions.push(['(sent_at, seq) < (?, ?)', before.sentAtMs, before.seq]);
	return {
		sql: conditions.map(([sql]) => ` AND ${sql}`).join(''),
		params: conditions.flatMap(([, ...params]) => params),
	};
}
