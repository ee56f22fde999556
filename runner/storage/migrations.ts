/** The schema, step by step. A step that was released is never edited; changes are appended. */
export const MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE instances (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL UNIQUE,
		api_key_hash TEXT NOT NULL UNIQUE,
		webhook_secret TEXT NOT NULL,
		previous_webhook_secret TEXT,
		previous_webhook_secret_until INTEGER,
		created_at INTEGER NOT NULL,
		state TEXT NOT NULL,
		since INTEGER NOT NULL,
		number TEXT,
		push_name TEXT,
		last_error TEXT,
		reported_connected INTEGER NOT NULL DEFAULT 0
	) STRICT;

	CREATE TABLE webhook_slots (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		event TEXT NOT NULL,
		url TEXT NOT NULL,
		disabled TEXT,
		PRIMARY KEY (instance_id, event)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE subscriptions (
		id TEXT PRIMARY KEY,
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		url TEXT NOT NULL,
		events TEXT NOT NULL,
		filters TEXT NOT NULL,
		secret TEXT NOT NULL,
		previous_secret TEXT,
		previous_secret_until INTEGER,
		disabled TEXT,
		created_at INTEGER NOT NULL
	) STRICT;
	CREATE INDEX subscriptions_by_instance ON subscriptions (instance_id);

	CREATE TABLE events (
		id TEXT PRIMARY KEY,
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		body TEXT NOT NULL,
		expires_at INTEGER NOT NULL
	) STRICT;
	CREATE INDEX events_by_expiry ON events (expires_at);

	CREATE TABLE deliveries (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		event_id TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
		instance_id TEXT NOT NULL,
		receiver TEXT NOT NULL,
		event TEXT NOT NULL,
		chat TEXT NOT NULL,
		url TEXT NOT NULL,
		state TEXT NOT NULL,
		detached INTEGER NOT NULL DEFAULT 0,
		attempt_count INTEGER NOT NULL DEFAULT 0,
		attempts TEXT NOT NULL DEFAULT '[]',
		next_attempt_at INTEGER,
		created_at INTEGER NOT NULL
	) STRICT;
	CREATE UNIQUE INDEX deliveries_by_event ON deliveries (event_id, receiver);
	CREATE INDEX deliveries_by_instance ON deliveries (instance_id, seq);
	CREATE INDEX deliveries_in_order ON deliveries (receiver, chat, seq)
		WHERE state = 'pending' AND detached = 0;
	CREATE INDEX deliveries_detached ON deliveries (receiver, next_attempt_at)
		WHERE state = 'pending' AND detached = 1;
	CREATE INDEX deliveries_failed ON deliveries (instance_id, seq) WHERE state = 'failed';

	CREATE TABLE credentials (
		instance_id TEXT PRIMARY KEY REFERENCES instances(id) ON DELETE CASCADE,
		value TEXT NOT NULL
	) STRICT;

	CREATE TABLE archived_credentials (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		archived_at INTEGER NOT NULL,
		reason TEXT NOT NULL,
		value TEXT NOT NULL
	) STRICT;

	CREATE TABLE signal_keys (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		type TEXT NOT NULL,
		id TEXT NOT NULL,
		value TEXT NOT NULL,
		PRIMARY KEY (instance_id, type, id)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE messages (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		chat TEXT NOT NULL,
		message_id TEXT NOT NULL,
		participant TEXT NOT NULL,
		from_me INTEGER NOT NULL,
		type TEXT NOT NULL,
		text TEXT NOT NULL,
		content BLOB,
		number TEXT NOT NULL,
		sent_at INTEGER NOT NULL,
		status TEXT NOT NULL,
		protocol_pending INTEGER NOT NULL DEFAULT 0,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, message_id, chat, participant, from_me)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX messages_by_expiry ON messages (expires_at);
	CREATE INDEX messages_protocol_pending ON messages (instance_id) WHERE protocol_pending = 1;

	CREATE TABLE message_statuses (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		message_id TEXT NOT NULL,
		participant TEXT NOT NULL,
		status TEXT NOT NULL,
		at INTEGER NOT NULL,
		reason TEXT,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, message_id, participant, status)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX message_statuses_by_expiry ON message_statuses (expires_at);

	CREATE TABLE send_queue (
		seq INTEGER PRIMARY KEY AUTOINCREMENT,
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		message_id TEXT NOT NULL,
		jid TEXT NOT NULL,
		text TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		UNIQUE (instance_id, message_id)
	) STRICT;

	CREATE TABLE idempotency_keys (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		key TEXT NOT NULL,
		body_hash TEXT NOT NULL,
		message_id TEXT NOT NULL,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, key)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
	`,
];
