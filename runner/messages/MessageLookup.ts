import type { MessageList, MessageView } from '../../contract';
import type { Clock } from '../Clock';
import { readCursor, toCursor } from '../people/cursor';
import type { MessageQuery, MessageReference } from './MessageQuery';
import type { MessageRepository } from './MessageRepository';
import type { StatusRow, StoredRow } from './messageRows';
import { toChat } from './toEventBody';
import type { StoredMessage } from './StoredMessage';
import { toShownDetails, type StoredMedia } from './StoredDetails';

interface LookupOptions {
	messages: MessageRepository;
	/** Messages that have expired by it are not there any more. */
	clock: Pick<Clock, 'now'>;
	/** URL of a stored file of an instance. */
	toMediaUrl: (instanceId: string, sha256: string) => string;
	/** Name of a chat; null when it is not known. */
	nameOf: (instanceId: string, chat: string) => string | null;
	/** Key of a chat. */
	keyOf: (instanceId: string, chat: string) => string;
}

/** `before` is a `next` of an earlier page, as it was given. */
export interface MessageListQuery extends Omit<MessageQuery, 'before'> {
	before?: string;
}

/** A page of longer messages ends early, in characters of JSON: it is made and kept in memory as a whole. */
const MAX_PAGE_LENGTH = 4_000_000;

/** Shows stored messages. */
export class MessageLookup {
	constructor(private readonly options: LookupOptions) {}

	find(instanceId: string, reference: MessageReference): MessageView | undefined {
		const { messages, clock } = this.options;
		const row = messages.find(instanceId, reference, clock.now());
		return row && this.toView(instanceId, row);
	}

	/** With its content: for quoting, forwarding, changing and reacting, which nothing but messages can be. */
	findStored(instanceId: string, reference: MessageReference): StoredMessage | undefined {
		const { messages, clock } = this.options;
		const row = messages.find(instanceId, reference, clock.now());
		if (!row || row.type === 'group_change') return undefined;
		return { ...row, content: messages.findContent(instanceId, row.key) ?? null };
	}

	/** Newest first; a page may have fewer than `limit`. Throws `invalid_query` for a `before` that no list has given. */
	list(instanceId: string, { before, ...query }: MessageListQuery): MessageList {
		const { messages, clock } = this.options;
		const rows = messages.list(
			instanceId,
			{
				...query,
				...(before === undefined ? {} : { before: toPlace(before) }),
				limit: query.limit + 1,
			},
			clock.now(),
		);
		const views: MessageView[] = [];
		let length = 0;
		for (const row of rows.slice(0, query.limit)) {
			const view = this.toView(instanceId, row);
			length += JSON.stringify(view).length;
			if (views.length > 0 && length > MAX_PAGE_LENGTH) break;
			views.push(view);
		}
		const last = rows.length > views.length ? rows[views.length - 1] : undefined;
		return { messages: views, next: last ? toCursor(last.sentAtMs, String(last.seq)) : null };
	}

	/** What its newest message says of a file; undefined when no message has it any more. */
	findFile(instanceId: string, sha256: string): StoredMedia | undefined {
		const { messages, clock } = this.options;
		return messages.findMedia(instanceId, sha256, clock.now());
	}

	private toView(instanceId: string, row: StoredRow): MessageView {
		const { toMediaUrl, nameOf, keyOf } = this.options;
		const name = nameOf(instanceId, row.chatId);
		const shownName = name ?? (row.key.isFromMe ? null : row.sender.name);
		const chat = toChat(row.chatId, shownName, keyOf(instanceId, row.chatId));
		return {
			messageId: row.key.messageId,
			number: row.number,
			message: row.text,
			type: row.type,
			timestamp: new Date(row.sentAtMs).toISOString(),
			status: row.status,
			statusHistory: row.statuses.map(toStatusEntry),
			chat,
			fromMe: row.key.isFromMe,
			isGroup: chat.type === 'group',
			edited: row.isEdited,
			...toShownDetails(row.sender, row.details, (sha256) => toMediaUrl(instanceId, sha256)),
		};
	}
}

function toPlace(cursor: string): { sentAtMs: number; seq: number } {
	const [sentAtMs, seq] = readCursor(cursor, 'number');
	return { sentAtMs, seq: Number(seq) || 0 };
}

function toStatusEntry({
	status,
	participant,
	at,
	reason,
}: StatusRow): MessageView['statusHistory'][number] {
	return {
		status,
		at: new Date(at).toISOString(),
		...(participant ? { participant } : {}),
		...(reason ? { reason } : {}),
	};
}
