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

	put(instanceId: string, { id, subject }: GroupName): Statement {
		return {
			sql: `INSERT OR REPLACE INTO groups (instance_id, id, subject)
				VALUES (?1, ?2, ${seal('groups.subject', '?3', '?1', '?2')})`,
			params: [instanceId, id, subject],
		};
	}

	/** Rows that make the table say what WhatsApp says: what is new, has changed, and is gone. */
	replaceAll(instanceId: string, groups: readonly GroupName[]): Statement[] {
		const stored = this.all(instanceId);
		const changed = groups.filter(({ id, subject }) => stored.get(id) !== subject);
		const ids = new Set(groups.map(({ id }) => id));
		const gone = [...stored.keys()].filter((id) => !ids.has(id));
		return [
			...changed.map((group) => this.put(instanceId, group)),
			...gone.map((id) => this.remove(instanceId, id)),
		];
	}

	remove(instanceId: string, id: string): Statement {
		return {
			sql: 'DELETE FROM groups WHERE instance_id = ? AND id = ?',
			params: [instanceId, id],
		};
	}

	private all(instanceId: string): Map<string, string | null> {
		const rows = this.database.all<{ id: string; subject: string | null }>(
			`SELECT id, ${openOrNull('groups.subject')} FROM groups WHERE instance_id = ?`,
			instanceId,
		);
		return new Map(rows.map(({ id, subject }) => [id, subject]));
	}
}
