import type { JournalKey } from '../../messages/JournalKey';
import type { StoredDetails } from '../../messages/StoredDetails';
import type { Database, Row } from '../../storage/Database';
import { openOrNull } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';

/** A message with a file, and until when it is kept. */
export interface FileRow {
	key: JournalKey;
	content: Uint8Array;
	mimetype: string;
	fileName: string | null;
	expiresAt: number;
}

interface Columns extends Row {
	message_id: string;
	chat: string;
	participant: string;
	from_me: number;
	details: string | null;
	content: Uint8Array | null;
	expires_at: number;
}

/** So many messages with the same file are tried: each may know another place of it. */
const MAX_SOURCES = 3;

/** Which files of messages are still to be fetched. */
export class DownloadRepository {
	constructor(
		private readonly database: Database,
		private readonly instanceId: string,
	) {}

	/** Hex hashes, those of the newest messages first. */
	pending(now: number): string[] {
		return this.database
			.all<{ sha256: string }>(
				`SELECT media_sha256 AS sha256 FROM messages
				WHERE instance_id = ? AND media_state = 'pending' AND expires_at > ?
				GROUP BY media_sha256 ORDER BY max(sent_at) DESC`,
				this.instanceId,
				now,
			)
			.map(({ sha256 }) => sha256);
	}

	/** The messages that have this file, the newest first. */
	sourcesOf(sha256: string, now: number): FileRow[] {
		return this.database
			.all<Columns>(
				`SELECT message_id, chat, participant, from_me, ${openOrNull('messages.details')},
				${openOrNull('messages.content')}, expires_at FROM messages WHERE seq IN (SELECT seq FROM messages
					WHERE instance_id = ? AND media_sha256 = ? AND expires_at > ? AND content IS NOT NULL
					ORDER BY sent_at DESC LIMIT ${MAX_SOURCES})
				ORDER BY sent_at DESC`,
				this.instanceId,
				sha256,
				now,
			)
			.flatMap(toFileRow);
	}

	/** Whether this instance has the file already: another's does not count, who knows how that came by it. */
	isKept(sha256: string): boolean {
		const sql = 'SELECT 1 FROM media_references WHERE instance_id = ? AND sha256 = ?';
		return this.database.get(sql, this.instanceId, sha256) !== undefined;
	}

	settle(sha256: string, state: 'stored' | 'failed'): Statement {
		return {
			sql: 'UPDATE messages SET media_state = ? WHERE instance_id = ? AND media_sha256 = ?',
			params: [state, this.instanceId, sha256],
		};
	}
}

/** None for a message that is damaged: another one may have the file as well. */
function toFileRow(row: Columns): FileRow[] {
	if (row.content === null) return [];
	const { media } = JSON.parse(row.details ?? '{}') as StoredDetails;
	const file = {
		key: {
			messageId: row.message_id,
			chat: row.chat,
			participant: row.participant,
			isFromMe: row.from_me === 1,
		},
		content: row.content,
		mimetype: media?.mimetype ?? 'application/octet-stream',
		fileName: media?.fileName ?? null,
		expiresAt: row.expires_at,
	};
	return [file];
}
