import type { Statement } from './Statement';

const KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Removes logins that were kept aside for so long that nobody will ask any more why they ended. That an
 * instance was exported is known by its old login, until a phone is linked to it again.
 */
export function expireOldCredentials(now: number): Statement[] {
	return [
		{
			sql: `DELETE FROM archived_credentials WHERE archived_at <= ? AND (reason <> 'exported'
				OR EXISTS (SELECT 1 FROM credentials
					WHERE credentials.instance_id = archived_credentials.instance_id))`,
			params: [now - KEPT_MS],
		},
	];
}
