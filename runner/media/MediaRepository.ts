import type { Database } from '../storage/Database';
import { open, openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';

/** A row of `media_files`. */
export interface MediaRow extends Record<string, string | number | null | Uint8Array> {
	size: number;
	mimetype: string;
	file_name: string | null;
	/** What opens the file: AES-256. */
	content_key: Uint8Array;
}

/**
 * What may make room: what is older than the grace, and at any age what was received and is kept. That can
 * be fetched again, and must never stand in the way of what others send or receive.
 */
const EVICTABLE = `(created_at <= ?1 OR (${isKept(0)} AND NOT ${isKept(1)}))`;

/** What is known of the files of the store, and until when which instance keeps them. */
export class MediaRepository {
	constructor(private readonly database: Database) {}

	find(sha256: string): MediaRow | undefined {
		return this.database.get<MediaRow>(
			`SELECT size, mimetype, ${openOrNull('media_files.file_name')}, ${open('media_files.content_key')}
				FROM media_files WHERE sha256 = ?`,
			sha256,
		);
	}

	usedBytes(): number {
		const sql = 'SELECT coalesce(sum(size), 0) AS bytes FROM media_files';
		return this.database.get<{ bytes: number }>(sql)?.bytes ?? 0;
	}

	add(sha256: string, row: MediaRow, nowMs: number): Statement {
		return {
			sql: `INSERT INTO media_files (sha256, size, mimetype, file_name, content_key, created_at)
				VALUES (?1, ?2, ?3, ${seal('media_files.file_name', '?4', '?1')},
					${seal('media_files.content_key', '?5', '?1')}, ?6)`,
			params: [sha256, row.size, row.mimetype, row.file_name, row.content_key, nowMs],
		};
	}

	/** The file has come once more. */
	touch(sha256: string, fileName: string | null, nowMs: number): Statement {
		const named = seal('media_files.file_name', '?2');
		return {
			sql: `UPDATE media_files SET created_at = ?3, file_name = coalesce(file_name, ${named})
				WHERE sha256 = ?1`,
			params: [sha256, fileName, nowMs],
		};
	}

	/** Whoever keeps it goes on doing so. */
	forget(sha256: string): Statement {
		return { sql: 'DELETE FROM media_files WHERE sha256 = ?', params: [sha256] };
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
			`SELECT sha256, size FROM media_files WHERE ${EVICTABLE}
				ORDER BY ${isKept(1)}, created_at`,
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

	/** Whoever keeps it. Nothing happens if the file has come once more by now, or is to be sent. */
	evict(sha256: string, beforeMs: number): Statement[] {
		const file = `DELETE FROM media_files WHERE sha256 = ?2 AND ${EVICTABLE}`;
		const references = `DELETE FROM media_references WHERE sha256 = ?1
			AND NOT EXISTS (SELECT 1 FROM media_files WHERE sha256 = ?1)`;
		return [
			{ sql: file, params: [beforeMs, sha256] },
			{ sql: references, params: [sha256] },
		];
	}
}

/** Whether somebody keeps a file of `media_files` as one that was received (0), or sent from here (1). */
function isKept(outgoing: 0 | 1): string {
	return `EXISTS (SELECT 1 FROM media_references AS kept
		WHERE kept.sha256 = media_files.sha256 AND kept.outgoing = ${outgoing})`;
}
