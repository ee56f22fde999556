import type { ContactView } from '../../contract';
import type { Database, Row } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import { toContactId, type ContactNews } from './PeopleNews';

interface ContactRow extends Row {
	id: string;
	phone: string | null;
	lid: string | null;
	name: string | null;
	push_name: string | null;
	is_business: number | null;
}

export interface StoredContact extends ContactView {
	/** What the list is sorted by. */
	sortKey: string;
}

const COLUMNS = `id, phone, lid, ${openOrNull('contacts.name')}, ${openOrNull('contacts.push_name')}, is_business`;

/** Whom an account knows: its address book, and everybody who has written to it. */
export class ContactRepository {
	constructor(
		private readonly database: Database,
		private readonly ttlMs: number,
	) {}

	find(instanceId: string, id: string): ContactView | undefined {
		// SQLite would rather walk all contacts than the index of those few that have a LID.
		const [index, column] = id.endsWith('@lid')
			? ['INDEXED BY contacts_by_lid', 'lid']
			: ['', 'id'];
		const row = this.database.get<ContactRow>(
			`SELECT ${COLUMNS} FROM contacts ${index} WHERE instance_id = ? AND ${column} = ?`,
			instanceId,
			id,
		);
		return row && toView(row);
	}

	/** By name; `after` is the last one of the page before. */
	list(instanceId: string, limit: number, after: [string, string] = ['', '']): StoredContact[] {
		return this.database
			.all<ContactRow & { sort_key: string }>(
				`WITH opened AS MATERIALIZED (SELECT ${COLUMNS} FROM contacts WHERE instance_id = ?)
				SELECT *, lower(coalesce(name, push_name, id)) AS sort_key FROM opened
				WHERE (sort_key, id) > (?, ?) ORDER BY sort_key, id LIMIT ?`,
				instanceId,
				...after,
				limit,
			)
			.map((row) => ({ ...toView(row), sortKey: row.sort_key }));
	}

	/** Adds what is new to what is known. Undefined when nobody can tell who it is. */
	put(instanceId: string, news: ContactNews, now: number): Statement | undefined {
		const id = toContactId(news);
		if (!id) return undefined;
		return {
			sql: `INSERT INTO contacts (instance_id, id, phone, lid, name, push_name, is_business,
				has_written, updated_at, expires_at)
				VALUES (?1, ?2, ?3, ?4, ${seal('contacts.name', '?5', '?1', '?2')},
				${seal('contacts.push_name', '?6', '?1', '?2')}, ?7, ?8, ?9, ?10) ON CONFLICT (instance_id, id) DO UPDATE SET
				phone = coalesce(excluded.phone, phone), lid = coalesce(excluded.lid, lid),
				name = coalesce(excluded.name, name), push_name = coalesce(excluded.push_name, push_name),
				is_business = coalesce(excluded.is_business, is_business),
				has_written = max(excluded.has_written, has_written),
				updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
			params: [
				instanceId,
				id,
				news.phone,
				news.lid,
				news.name || null,
				news.pushName || null,
				toFlag(news.isBusiness),
				Number(news.hasWritten ?? false),
				now,
				now + this.ttlMs,
			],
		};
	}

	/** Nothing when nobody of that id is known. */
	setBusiness(instanceId: string, id: string, isBusiness: boolean): Statement {
		return {
			sql: 'UPDATE contacts SET is_business = ? WHERE instance_id = ? AND id = ?',
			params: [Number(isBusiness), instanceId, id],
		};
	}

	/** LIDs whose phone nobody knows, of contacts, chats and senders of messages. */
	unmappedLids(instanceId: string): string[] {
		return this.database
			.all<{ lid: string }>(
				`SELECT lid FROM contacts WHERE instance_id = ?1 AND lid IS NOT NULL AND phone IS NULL
				UNION SELECT id FROM chats WHERE instance_id = ?1 AND id LIKE '%@lid'
				UNION SELECT sender_lid FROM messages
				WHERE instance_id = ?1 AND sender_phone IS NULL AND sender_lid IS NOT NULL`,
				instanceId,
			)
			.map(({ lid }) => lid);
	}
}

function toView(row: ContactRow): ContactView {
	return {
		id: row.id,
		phone: row.phone,
		lid: row.lid,
		name: row.name ?? row.push_name,
		pushName: row.push_name,
		isBusiness: row.is_business === null ? null : row.is_business === 1,
	};
}

function toFlag(value: boolean | null | undefined): number | null {
	return typeof value === 'boolean' ? Number(value) : null;
}
