import type { Database } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';

export interface GroupName {
	/** `…@g.us` */
	id: string;
	subject: string;
}

/** What the groups of an account are called. */
export class GroupRepository {
	constructor(private readonly database: Database) {}

	/** null when it is not stored, or damaged. */
	find(instanceId: string, id: string): string | null {
		const row = this.database.get<{ subject: string | null }>(
			`SELECT ${openOrNull('groups.subject')} FROM groups WHERE instance_id = ? AND id = ?`,
			instanceId,
			id,
		);
		return row?.subject ?? null;
	}

	/** By id; null where it is damaged. */
	all(instanceId: string): Map<string, string | null> {
		const rows = this.database.all<{ id: string; subject: string | null }>(
			`SELECT id, ${openOrNull('groups.subject')} FROM groups WHERE instance_id = ?`,
			instanceId,
		);
		return new Map(rows.map(({ id, subject }) => [id, subject]));
	}

	put(instanceId: string, { id, subject }: GroupName): Statement {
		return {
			sql: `INSERT OR REPLACE INTO groups (instance_id, id, subject)
				VALUES (?1, ?2, ${seal('groups.subject', '?3', '?1', '?2')})`,
			params: [instanceId, id, subject],
		};
	}

	remove(instanceId: string, id: string): Statement {
		return {
			sql: 'DELETE FROM groups WHERE instance_id = ? AND id = ?',
			params: [instanceId, id],
		};
	}
}
