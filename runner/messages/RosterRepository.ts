import type { Database } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { Roster } from './Roster';

const DAY_MS = 24 * 3_600_000;

/** Who got the group messages from here: each roster once, for as long as one of its messages is kept. */
export class RosterRepository {
	constructor(
		private readonly database: Database,
		private readonly ttlMs: number,
	) {}

	/** To be run once the row of the message is there. */
	assign(instanceId: string, messageId: string, roster: Roster, now: number): Statement[] {
		const assignment = {
			sql: `UPDATE messages SET roster = ?
				WHERE instance_id = ? AND message_id = ? AND from_me = 1`,
			params: [roster.id, instanceId, messageId],
		};
		return this.lasts(instanceId, roster.id, now)
			? [assignment]
			: [this.keep(instanceId, roster, now), assignment];
	}

	/** The roster of a message from here; undefined when it has none, or that is damaged. */
	find(instanceId: string, messageId: string): Pick<Roster, 'members'> | undefined {
		const row = this.database.get<{ members: Uint8Array | null }>(
			`SELECT ${openOrNull('rosters.members')} FROM rosters WHERE instance_id = ?1 AND id =
			(SELECT roster FROM messages WHERE instance_id = ?1 AND message_id = ?2 AND from_me = 1
			AND roster IS NOT NULL)`,
			instanceId,
			messageId,
		);
		return row?.members ? { members: row.members } : undefined;
	}

	/** Whether it is kept long enough already: most messages to a group find it so. */
	private lasts(instanceId: string, id: string, now: number): boolean {
		return (
			this.database.get(
				'SELECT 1 FROM rosters WHERE instance_id = ? AND id = ? AND expires_at >= ?',
				instanceId,
				id,
				now + this.ttlMs,
			) !== undefined
		);
	}

	private keep(instanceId: string, { id, members }: Roster, now: number): Statement {
		return {
			sql: `INSERT INTO rosters (instance_id, id, members, expires_at)
				VALUES (?1, ?2, ${seal('rosters.members', '?3', '?1', '?2')}, ?4)
				ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at`,
			params: [instanceId, id, members, now + this.ttlMs + DAY_MS],
		};
	}
}
