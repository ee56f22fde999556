import type { Database } from '../../storage/Database';
import { openOrNull, seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';
import type { Secrets } from '../receivers/Receiver';

/** The secrets that sign an instance's slots; null when they are damaged, undefined when it is not there. */
export function readSecrets(database: Database, instanceId: string): Secrets | null | undefined {
	const row = database.get<{
		webhook_secret: string | null;
		previous_webhook_secret: string | null;
		previous_webhook_secret_until: number | null;
	}>(
		`SELECT ${openOrNull('instances.webhook_secret')},
		${openOrNull('instances.previous_webhook_secret')}, previous_webhook_secret_until
		FROM instances WHERE id = ?`,
		instanceId,
	);
	if (!row) return undefined;
	if (row.webhook_secret === null) return null;
	return {
		current: row.webhook_secret,
		previous: row.previous_webhook_secret,
		previousUntil: row.previous_webhook_secret_until,
	};
}

/** The current secret becomes the previous one, valid until then (Unix milliseconds). */
export function rotateInstanceSecret(
	instanceId: string,
	secret: string,
	previousUntil: number,
): Statement {
	return {
		sql: `UPDATE instances SET previous_webhook_secret = webhook_secret,
			previous_webhook_secret_until = ?, webhook_secret = ${seal('instances.webhook_secret', '?')}
			WHERE id = ?`,
		params: [previousUntil, secret, instanceId],
	};
}

export function rotateSubscriptionSecret(
	id: string,
	secret: string,
	previousUntil: number,
): Statement {
	return {
		sql: `UPDATE subscriptions SET previous_secret = secret, previous_secret_until = ?,
			secret = ${seal('subscriptions.secret', '?')}
			WHERE id = ?`,
		params: [previousUntil, secret, id],
	};
}
