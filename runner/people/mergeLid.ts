import { openedOrNull, seal, type SealedColumn } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';

/**
 * The phone behind a LID has become known: what was stored under the LID's JID is from now on the
 * phone's. Where both had a row, one is made of the two.
 */
export function mergeLid(instanceId: string, lid: string, phone: string): Statement[] {
	const id = `${phone}@s.whatsapp.net`;
	return [
		{
			sql: `INSERT INTO contacts (instance_id, id, phone, lid, name, push_name, is_business,
				has_written, updated_at, expires_at)
				SELECT instance_id, ?1, ?2, id, ${moved('contacts.name')}, ${moved('contacts.push_name')},
					is_business, has_written, updated_at, expires_at
				FROM contacts WHERE instance_id = ?3 AND id = ?4
				ON CONFLICT (instance_id, id) DO UPDATE SET lid = excluded.lid,
				name = coalesce(name, excluded.name), push_name = coalesce(excluded.push_name, push_name),
				is_business = coalesce(is_business, excluded.is_business),
				has_written = max(has_written, excluded.has_written),
				expires_at = max(expires_at, excluded.expires_at)`,
			params: [id, phone, instanceId, lid],
		},
		{ sql: 'DELETE FROM contacts WHERE instance_id = ? AND id = ?', params: [instanceId, lid] },
		{
			sql: `INSERT INTO chats (instance_id, id, name, last_message_at, unread_count, read_at, expires_at,
				timer_seconds, by_lid) SELECT instance_id, ?1, ${moved('chats.name')}, last_message_at,
				unread_count, read_at, expires_at, timer_seconds, by_lid FROM chats WHERE instance_id = ?2 AND id = ?3
				ON CONFLICT (instance_id, id) DO UPDATE SET name = coalesce(name, excluded.name),
				last_message_at = max(coalesce(last_message_at, 0), coalesce(excluded.last_message_at, 0)),
				unread_count = unread_count + excluded.unread_count,
				read_at = min(read_at, excluded.read_at), expires_at = max(expires_at, excluded.expires_at),
				timer_seconds = coalesce(excluded.timer_seconds, timer_seconds),
				by_lid = coalesce(excluded.by_lid, by_lid)`,
			params: [id, instanceId, lid],
		},
		{ sql: 'DELETE FROM chats WHERE instance_id = ? AND id = ?', params: [instanceId, lid] },
		// What is shown and what is not have an index each.
		...['NOT IN', 'IN'].map((areHidden) => ({
			sql: `UPDATE messages SET chat_id = ?, number = ? WHERE instance_id = ? AND chat_id = ?
				AND type ${areHidden} ('protocol', 'edit', 'delete')`,
			params: [id, phone, instanceId, lid],
		})),
		{
			sql: `UPDATE messages SET sender_phone = ?
				WHERE instance_id = ? AND sender_lid = ? AND sender_phone IS NULL`,
			params: [phone, instanceId, lid],
		},
	];
}

/** What is sealed belongs to its row, so it is sealed for the other one: that with the id ?1. */
function moved(column: SealedColumn): string {
	return seal(column, openedOrNull(column), 'instance_id', '?1');
}
