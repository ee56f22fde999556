import type { InstanceState } from '../../contract';
import type { Database } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { SessionStatus } from './SessionPort';

/** What is remembered of a session over restarts. */
export interface StoredSession extends SessionStatus {
	/** Whether receivers were last told that it is connected. */
	isReportedConnected: boolean;
}

/** The session's columns of the instances table. */
export class SessionRepository {
	constructor(private readonly database: Database) {}

	ids(): string[] {
		return this.database
			.all<{ id: string }>('SELECT id FROM instances ORDER BY created_at')
			.map(({ id }) => id);
	}

	read(instanceId: string): StoredSession | undefined {
		const row = this.database.get<{
			state: InstanceState;
			since: number;
			number: string | null;
			push_name: string | null;
			last_error: string | null;
			reported_connected: number;
		}>(
			`SELECT state, since, number, ${openOrNull('instances.push_name')}, last_error, reported_connected
			FROM instances WHERE id = ?`,
			instanceId,
		);
		return (
			row && {
				state: row.state,
				since: row.since,
				number: row.number,
				pushName: row.push_name,
				lastError: row.last_error,
				isReportedConnected: row.reported_connected === 1,
			}
		);
	}

	update(instanceId: string, session: StoredSession): Statement {
		return {
			sql: `UPDATE instances SET state = ?, since = ?, number = ?,
				push_name = ${seal('instances.push_name', '?')}, last_error = ?,
				reported_connected = ? WHERE id = ?`,
			params: [
				session.state,
				session.since,
				session.number,
				session.pushName,
				session.lastError,
				Number(session.isReportedConnected),
				instanceId,
			],
		};
	}
}
