import type { Database } from './Database';
import { open, seal } from './encryption/sealedColumns';
import type { Statement } from './Statement';

/** Signal keys as serialised text, by instance, type and id. */
export class SignalKeyRepository {
	constructor(private readonly database: Database) {}

	read(instanceId: string, type: string, id: string): string | undefined {
		return this.database.get<{ value: string }>(
			`SELECT ${open('signal_keys.value')} FROM signal_keys
			WHERE instance_id = ? AND type = ? AND id = ?`,
			instanceId,
			type,
			id,
		)?.value;
	}

	/** Those of a type whose id begins so. */
	readAll(
		instanceId: string,
		type: string,
		beginning: string,
	): Array<{ id: string; value: string }> {
		return this.database.all<{ id: string; value: string }>(
			`SELECT id, ${open('signal_keys.value')} FROM signal_keys
			WHERE instance_id = ? AND type = ? AND id >= ?3 AND id < ?3 || char(0x10FFFF)`,
			instanceId,
			type,
			beginning,
		);
	}

	put(instanceId: string, type: string, id: string, value: string): Statement {
		return {
			sql: `INSERT INTO signal_keys (instance_id, type, id, value)
				VALUES (?1, ?2, ?3, ${seal('signal_keys.value', '?4', '?1', '?2', '?3')})
				ON CONFLICT DO UPDATE SET value = excluded.value`,
			params: [instanceId, type, id, value],
		};
	}

	remove(instanceId: string, type: string, id: string): Statement {
		return {
			sql: 'DELETE FROM signal_keys WHERE instance_id = ? AND type = ? AND id = ?',
			params: [instanceId, type, id],
		};
	}

	removeAll(instanceId: string): Statement {
		return { sql: 'DELETE FROM signal_keys WHERE instance_id = ?', params: [instanceId] };
	}
}
