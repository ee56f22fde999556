import type { Database } from '../../storage/Database';
import { openOrNull, seal } from '../../storage/encryption/sealedColumns';
import type { Statement } from '../../storage/Statement';

/** `events` is a JSON list, `filters` a JSON object of SubscriptionFilters. */
export type SubscriptionRow = {
	id: string;
	instance_id: string;
	url: string;
	events: string;
	filters: string;
	/** null when it is damaged. */
	secret: string | null;
	disabled: string | null;
	created_at: number;
};

const COLUMNS = `id, instance_id, url, events, filters, ${openOrNull('subscriptions.secret')},
	disabled, created_at`;

export function listSubscriptions(database: Database, instanceId: string): SubscriptionRow[] {
	return database.all<SubscriptionRow>(
		`SELECT ${COLUMNS} FROM subscriptions WHERE instance_id = ? ORDER BY created_at, rowid`,
		instanceId,
	);
}

export function findSubscription(
	database: Database,
	instanceId: string,
	id: string,
): SubscriptionRow | undefined {
	return database.get<SubscriptionRow>(
		`SELECT ${COLUMNS} FROM subscriptions WHERE id = ? AND instance_id = ?`,
		id,
		instanceId,
	);
}

/** Inserts nothing when its instance has `most` already: calls that come at once are counted in turn. */
export function insertSubscription(row: SubscriptionRow, most: number): Statement {
	return {
		sql: `INSERT INTO subscriptions (id, instance_id, url, events, filters, secret, created_at)
			SELECT ?1, ?2, ?3, ?4, ?5, ${seal('subscriptions.secret', '?6', '?1')}, ?7
			WHERE (SELECT count(*) FROM subscriptions WHERE instance_id = ?2) < ?8`,
		params: [
			...[row.id, row.instance_id, row.url, row.events, row.filters, row.secret],
			...[row.created_at, most],
		],
	};
}

/** Enables it as well. */
export function updateSubscription(
	id: string,
	{ url, events, filters }: Pick<SubscriptionRow, 'url' | 'events' | 'filters'>,
): Statement {
	return {
		sql: 'UPDATE subscriptions SET url = ?, events = ?, filters = ?, disabled = NULL WHERE id = ?',
		params: [url, events, filters, id],
	};
}

export function deleteSubscription(id: string): Statement {
	return { sql: 'DELETE FROM subscriptions WHERE id = ?', params: [id] };
}

export function disableSubscription(id: string, reason: string): Statement {
	return { sql: 'UPDATE subscriptions SET disabled = ? WHERE id = ?', params: [reason, id] };
}
