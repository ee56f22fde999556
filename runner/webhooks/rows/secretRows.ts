import type { Database } from '../../storage/Database';
import { openOrNull, seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';
import type { Secrets } from '../receivers/Receiver';

type PreviousRow = { secret: string | null; valid_until: number };
type PreviousSecret = Secrets['previous'][number];

/** The secrets that sign an instance's slots; null when they are damaged, undefined when it is not there. */
export function readSecrets(database: Database, instanceId: string): Secrets | null | undefined {
	const row = database.get<{ webhook_secret: string | null }>(
		`SELECT ${openOrNull('instances.webhook_secret')} FROM instances WHERE id = ?`,
		instanceId,
	);
	if (!row) return undefined;
	if (row.webhook_secret === null) return null;
	const previous = database.all<PreviousRow>(
		`SELECT ${openOrNull('previous_webhook_secrets.secret')}, valid_until
		FROM previous_webhook_secrets WHERE instance_id = ? ORDER BY rowid DESC`,
		instanceId,
	);
	return { current: row.webhook_secret, previous: previous.flatMap(toPreviousSecret) };
}

/** The replaced secrets of an instance's subscriptions, by the subscription's id, the newest first. */
export function listPreviousSecrets(
	database: Database,
	instanceId: string,
): Map<string, PreviousSecret[]> {
	const rows = database.all<PreviousRow & { subscription_id: string }>(
		`SELECT subscription_id, ${openOrNull('previous_subscription_secrets.secret')}, valid_until
		FROM previous_subscription_secrets
		WHERE subscription_id IN (SELECT id FROM subscriptions WHERE instance_id = ?)
		ORDER BY rowid DESC`,
		instanceId,
	);
	const groups = Map.groupBy(rows, ({ subscription_id }) => subscription_id);
	return new Map([...groups].map(([id, group]) => [id, group.flatMap(toPreviousSecret)]));
}

/**
 * The current secret becomes a previous one, valid until then (Unix milliseconds); it moves as it is,
 * sealed. What earlier rotations have promised stands.
 */
export function rotateInstanceSecret(
	instanceId: string,
	secret: string,
	previousUntil: number,
): Statement[] {
	return [
		{
			sql: `INSERT INTO previous_webhook_secrets (instance_id, secret, valid_until)
				SELECT id, webhook_secret, ? FROM instances WHERE id = ?`,
			params: [previousUntil, instanceId],
		},
		{
			sql: `UPDATE instances SET webhook_secret = ${seal('instances.webhook_secret', '?')} WHERE id = ?`,
			params: [secret, instanceId],
		},
	];
}

export function rotateSubscriptionSecret(
	id: string,
	secret: string,
	previousUntil: number,
): Statement[] {
	return [
		{
			sql: `INSERT INTO previous_subscription_secrets
				(instance_id, subscription_id, secret, valid_until)
				SELECT instance_id, id, secret, ? FROM subscriptions WHERE id = ?`,
			params: [previousUntil, id],
		},
		{
			sql: `UPDATE subscriptions SET secret = ${seal('subscriptions.secret', '?')} WHERE id = ?`,
			params: [secret, id],
		},
	];
}

/** Deletes the secrets that sign no more. */
export function forgetOldSecrets(nowMs: number): Statement[] {
	return ['previous_webhook_secrets', 'previous_subscription_secrets'].map((table) => ({
		sql: `DELETE FROM ${table} WHERE valid_until <= ?`,
		params: [nowMs],
	}));
}

/** One that is damaged signs no more, and that is all. */
function toPreviousSecret({ secret, valid_until }: PreviousRow): PreviousSecret[] {
	return secret === null ? [] : [{ secret, validUntil: valid_until }];
}
