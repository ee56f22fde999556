import { toNumber, type ChatList, type ChatView, type ContactList } from '../../contract';
import type { PeopleListsPort, PeopleQuery } from '../http/ports';
import type { Database } from '../storage/Database';
import { ChatKeyRepository } from './ChatKeyRepository';
import { ChatRepository, type StoredChat } from './ChatRepository';
import { ContactRepository, type StoredContact } from './ContactRepository';
import { readCursor, toCursor } from './cursor';
import { toMatcher } from './toMatcher';

/** So many rows are read at once while looking for those that match. */
const BATCH = 500;
/** To sort contacts their names have to be opened, all of them each time: so they are read in one go. */
const CONTACT_BATCH = 50_000;

/** The chats and contacts that this runner knows of its instances. */
export class PeopleLists implements PeopleListsPort {
	private readonly chatRows: ChatRepository;
	private readonly contactRows: ContactRepository;
	private readonly chatKeys: ChatKeyRepository;

	constructor(database: Database) {
		// Nothing is written here, so nothing expires by these.
		this.chatRows = new ChatRepository(database, 0);
		this.contactRows = new ContactRepository(database, 0);
		this.chatKeys = new ChatKeyRepository(database);
	}

	/** Newest message first. Throws `invalid_query` for a bad `before`. */
	chats(instanceId: string, query: PeopleQuery): ChatList {
		const matches = toMatcher(query.search);
		const { rows, next } = readPage<StoredChat, number>({
			limit: query.limit,
			batch: BATCH,
			after: query.before === undefined ? undefined : readCursor(query.before, 'number'),
			read: (limit, after) => this.chatRows.list(instanceId, limit, after),
			matches: ({ id, name }) => matches(name, toNumber(id)),
			toKey: ({ last_message_at }) => last_message_at,
		});
		const chats = rows.map((row) => toChatView(row, this.chatKeys.keyOf(instanceId, row.id)));
		return { chats, next };
	}

	hasChat(instanceId: string, id: string): boolean {
		return this.chatRows.has(instanceId, id);
	}

	/** By name. Throws `invalid_query` for a bad `before`. */
	contacts(instanceId: string, query: PeopleQuery): ContactList {
		const matches = toMatcher(query.search);
		const { rows, next } = readPage<StoredContact, string>({
			limit: query.limit,
			batch: CONTACT_BATCH,
			after: query.before === undefined ? undefined : readCursor(query.before, 'string'),
			read: (limit, after) => this.contactRows.list(instanceId, limit, after),
			matches: ({ id, name, pushName, lid }) => matches(name, pushName, toNumber(id), lid),
			toKey: ({ sortKey }) => sortKey,
		});
		return { contacts: rows.map(({ sortKey: _, ...view }) => view), next };
	}
}

interface PageOptions<T, Key extends string | number> {
	limit: number;
	/** So many rows are read at once. */
	batch: number;
	after: [Key, string] | undefined;
	read: (limit: number, after: [Key, string] | undefined) => T[];
	matches: (row: T) => boolean;
	toKey: (row: T) => Key;
}

/** Reads on until the page is full; one row more tells whether there is another page. */
function readPage<T extends { id: string }, Key extends string | number>(
	options: PageOptions<T, Key>,
): { rows: T[]; next: string | null } {
	const { limit, batch: size, read, matches, toKey } = options;
	const rows: T[] = [];
	let { after } = options;
	for (;;) {
		const batch = read(size, after);
		rows.push(...batch.filter(matches));
		const last = batch.at(-1);
		if (rows.length > limit || batch.length < size || !last) break;
		after = [toKey(last), last.id];
	}
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return { rows: page, next: rows.length > limit && last ? toCursor(toKey(last), last.id) : null };
}

function toChatView(chat: StoredChat, key: string): ChatView {
	const { id, name, last_message_at, unread_count, timer_seconds } = chat;
	return {
		id,
		number: toNumber(id),
		type: id.endsWith('@g.us') ? 'group' : 'direct',
		name,
		key,
		lastMessageAt: last_message_at > 0 ? new Date(last_message_at).toISOString() : null,
		unreadCount: unread_count,
		disappearingSeconds: timer_seconds ?? 0,
	};
}
