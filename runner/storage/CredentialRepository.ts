import type { Database } from './Database';
import { open, seal } from './encryption/sealedColumns';
import type { Statement } from './Statement';

/** An instance's WhatsApp credentials as serialised text. There is a row only once a phone was linked. */
export class CredentialRepository {
	constructor(private readonly database: Database) {}

	/** Throws UnopenableError. */
	read(instanceId: string): string | undefined {
		return this.database.get<{ value: string }>(
			`SELECT ${open('credentials.value')} FROM credentials WHERE instance_id = ?`,
			instanceId,
		)?.value;
	}

	/** Whether there are any, readable or not. */
	has(instanceId: string): boolean {
		const sql = 'SELECT 1 FROM credentials WHERE instance_id = ?';
		return this.database.get(sql, instanceId) !== undefined;
	}

	put(instanceId: string, value: string): Statement {
		return {
			sql: `INSERT INTO credentials (instance_id, value) VALUES (?1, ${seal('credentials.value', '?2', '?1')})
				ON CONFLICT DO UPDATE SET value = excluded.value`,
			params: [instanceId, value],
		};
	}

	/** Credentials that no longer log in are kept aside: they may still explain what happened. */
	archive(instanceId: string, reason: string, now: number): Statement[] {
		return [
			{
				// Sealed as the same thing in both tables, so it moves as it is.
				sql: `INSERT INTO archived_credentials (instance_id, archived_at, reason, value)
					SELECT instance_id, ?, ?, value FROM credentials WHERE instance_id = ?`,
				params: [now, reason, instanceId],
			},
			{ sql: 'DELETE FROM credentials WHERE instance_id = ?', params: [instanceId] },
		];
	}
}
