import type { Database, Row } from '../storage/Database';
import { openedOrNull } from '../storage/encryption/sealedColumns';

/** What chats are called: groups by their subject, contacts by the address book, else as they call themselves. */
export class ChatNames {
	constructor(private readonly database: Database) {}

	/** `chatJid` is the id of a chat: of the phone when it is known, else of the LID, or of the group. */
	nameOf(instanceId: string, chatJid: string): string | null {
		return this.read(chatJid.endsWith('@g.us') ? GROUP : CONTACT, instanceId, chatJid);
	}

	private read(sql: string, instanceId: string, chatJid: string): string | null {
		return this.database.get<Row & { name: string | null }>(sql, instanceId, chatJid)?.name ?? null;
	}
}

const GROUP = `SELECT coalesce(
	(SELECT ${openedOrNull('groups.subject')} FROM groups WHERE instance_id = ?1 AND id = ?2),
	(SELECT ${openedOrNull('chats.name')} FROM chats WHERE instance_id = ?1 AND id = ?2)) AS name`;

const CONTACT = `SELECT coalesce(
	(SELECT coalesce(${openedOrNull('contacts.name')}, ${openedOrNull('contacts.push_name')})
		FROM contacts WHERE instance_id = ?1 AND id = ?2),
	(SELECT ${openedOrNull('chats.name')} FROM chats WHERE instance_id = ?1 AND id = ?2)) AS name`;
