import type { Database } from '../storage/Database';
import { open, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';

/** A row of `media_files`. */
export interface MediaRow extends Record<string, string | number | null> {
	size: number;
	mimetype: string;
	file_name: string | null;
}

/** What is known of the files of the store, and until when which instance keeps them. */
export class MediaRepository {
	constructor(private readonly database: Database) {}

	find(sha256: string): MediaRow | undefined {
		return this.database.get<MediaRow>(
			`SELECT size, mimetype, ${open('media_files.file_name')} FROM media_files WHERE sha256 = ?`,
			sha256,
		);
	}

	usedBytes(): number {
		const sql = 'SELECT coalesce(sum(size), 0) AS bytes FROM media_files';
		return this.database.get<{ bytes: number }>(sql)?.bytes ?? 0;
	}

	/** Adds a file, or notes that it has come once more. */
	put(sha256: string, row: MediaRow, nowMs: number): Statement {
		return {
			sql: `INSERT INTO media_files (sha256, size, mimetype, file_name, created_at)
				VALUES (?1, ?2, ?3, ${seal('media_files.file_name', '?4', '?1')}, ?5)
				ON CONFLICT DO UPDATE SET created_at = excluded.created_at,
					file_name = coalesce(file_name, excluded.file_name)`,
			params: [sha256, row.size, row.mimetype, row.file_name, nowMs],
		};
	}

	/** Several messages may keep one file: the longest time counts. */
	keep(instanceId: string, sha256: string, expiresAtMs: number, isOutgoing: boolean): Statement {
		return {
			sql: `INSERT INTO media_references (instance_id, sha256, outgoing, expires_at)
				VALUES (?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET expires_at = max(expires_at, excluded.expires_at),
					outgoing = max(outgoing, excluded.outgoing)`,
			params: [instanceId, sha256, isOutgoing ? 1 : 0, expiresAtMs],
		};
	}

	expireReferences(nowMs: number): Statement {
		return { sql: 'DELETE FROM media_references WHERE expires_at <= ?', params: [nowMs] };
	}

	/** Files that no reference keeps and that came before `beforeMs`. */
	listUnkept(beforeMs: number): Array<{ sha256: string; size: number }> {
		return this.database.all(
			`SELECT sha256, size FROM media_files WHERE created_at <= ?
				AND sha256 NOT IN (SELECT sha256 FROM media_references)`,
			beforeMs,
		);
	}

	/** In the order in which they may go: received ones first, the oldest first. */
	listEvictable(beforeMs: number): Array<{ sha256: string; size: number }> {
		return this.database.all(
			`SELECT sha256, size FROM media_files WHERE created_at <= ?
				ORDER BY sha256 IN (SELECT sha256 FROM media_references WHERE outgoing = 1), created_at`,
			beforeMs,
		);
	}

	listAll(): string[] {
		const rows = this.database.all<{ sha256: string }>('SELECT sha256 FROM media_files');
		return rows.map(({ sha256 }) => sha256);
	}

	/** Nothing happens if the file has come once more or is kept by now. */
	removeUnkept(sha256: string, beforeMs: number): Statement[] {
		const sql = `DELETE FROM media_files WHERE sha256 = ?1 AND created_at <= ?2
			AND NOT EXISTS (SELECT 1 FROM media_references WHERE sha256 = ?1)`;
		return [{ sql, params: [sha256, beforeMs] }];
	}

	/** Whoever keeps it. Nothing happens if the file has come once more by now. */
	evict(sha256: string, beforeMs: number): Statement[] {
		const file = 'DELETE FROM media_files WHERE sha256 = ? AND created_at <= ?';
		const references = `DELETE FROM media_references WHERE sha256 = ?1
			AND NOT EXISTS (SELECT 1 FROM media_files WHERE sha256 = ?1)`;
		return [
			{ sql: file, params: [sha256, beforeMs] },
			{ sql: references, params: [sha256] },
		];
	}
}
