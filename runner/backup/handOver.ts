import { CredentialRepository } from '../storage/CredentialRepository';
import type { Database } from '../storage/Database';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { Statement } from '../storage/Statement';

/** What the API shows of an instance that has gone elsewhere. */
export function toHandedOverText(exportedAt: string): string {
	return (
		`Exported on ${exportedAt}: the login went into a backup, to be imported where the instance ` +
		'lives from now on. Linking a phone here makes a new login.'
	);
}

/**
 * Takes from an instance what must not be in two places: the login and its keys, as each message moves
 * their ratchets on, and whatever has still to be sent or delivered. The rest may be looked up here.
 */
export function handOver(database: Database, instanceId: string, now: Date): Statement[] {
	const text = toHandedOverText(now.toISOString());
	const remove = (sql: string): Statement => ({ sql, params: [instanceId] });
	return [
		...new CredentialRepository(database).archive(instanceId, 'exported', now.getTime()),
		new SignalKeyRepository(database).removeAll(instanceId),
		remove('DELETE FROM send_queue WHERE instance_id = ?'),
		remove('DELETE FROM awaited_messages WHERE instance_id = ?'),
		remove(`DELETE FROM deliveries WHERE instance_id = ? AND state = 'pending'`),
		{
			sql: `UPDATE instances SET state = 'stopped', since = ?, last_error = ?, reported_connected = 0
				WHERE id = ?`,
			params: [now.getTime(), text, instanceId],
		},
	];
}

/** Whether the instance was handed over and not linked again since. */
export function isHandedOver(database: Database, instanceId: string): boolean {
	const sql = `SELECT reason FROM archived_credentials WHERE instance_id = ?
		ORDER BY archived_at DESC LIMIT 1`;
	const last = database.get<{ reason: string }>(sql, instanceId);
	return last?.reason === 'exported' && !new CredentialRepository(database).has(instanceId);
}
