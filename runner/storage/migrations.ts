import { CHAT_KEYS } from './chatKeys';
import { LIST_INDEXES } from './listIndexes';
import { MESSAGE_IDENTITY } from './messageIdentity';

const sealed = (column: string) => `BLOB CHECK (substr(${column}, 1, 1) IN (x'01', x'02'))`;

/**
 * The schema, step by step. A step that was released is never edited; changes are appended. Columns of
 * SEALED_TABLES are declared with `sealed`, so that SQLite itself refuses anything plain in them.
 */
export const MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE instances (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL UNIQUE,
		api_key_hash TEXT NOT NULL UNIQUE,
		webhook_secret ${sealed('webhook_secret')} NOT NULL,
		previous_webhook_secret ${sealed('previous_webhook_secret')},
		previous_webhook_secret_until INTEGER,
		created_at INTEGER NOT NULL,
		state TEXT NOT NULL,
		since INTEGER NOT NULL,
		number TEXT,
		push_name ${sealed('push_name')},
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
		secret ${sealed('secret')} NOT NULL,
		previous_secret ${sealed('previous_secret')},
		previous_secret_until INTEGER,
		disabled TEXT,
		created_at INTEGER NOT NULL
	) STRICT;
	CREATE INDEX subscriptions_by_instance ON subscriptions (instance_id);

	CREATE TABLE events (
		id TEXT PRIMARY KEY,
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		body ${sealed('body')} NOT NULL,
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
		attempts ${sealed('attempts')},
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
		value ${sealed('value')} NOT NULL
	) STRICT;

	CREATE TABLE archived_credentials (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		archived_at INTEGER NOT NULL,
		reason TEXT NOT NULL,
		value ${sealed('value')} NOT NULL
	) STRICT;

	CREATE TABLE signal_keys (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		type TEXT NOT NULL,
		id TEXT NOT NULL,
		value ${sealed('value')} NOT NULL,
		PRIMARY KEY (instance_id, type, id)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE messages (
		seq INTEGER PRIMARY KEY,
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		chat TEXT NOT NULL,
		message_id TEXT NOT NULL,
		participant TEXT NOT NULL,
		from_me INTEGER NOT NULL,
		chat_id TEXT NOT NULL,
		type TEXT NOT NULL,
		text ${sealed('text')} NOT NULL,
		details ${sealed('details')} NOT NULL,
		content ${sealed('content')},
		number TEXT NOT NULL,
		sender_phone TEXT,
		sender_lid TEXT,
		sender_name ${sealed('sender_name')},
		sent_at INTEGER NOT NULL,
		status TEXT NOT NULL,
		edited INTEGER NOT NULL DEFAULT 0,
		target TEXT,
		media_sha256 TEXT,
		media_state TEXT,
		protocol_pending INTEGER NOT NULL DEFAULT 0,
		expires_at INTEGER NOT NULL
	) STRICT;
	CREATE UNIQUE INDEX messages_by_key
		ON messages (instance_id, message_id, chat, participant, from_me);
	CREATE INDEX messages_by_chat ON messages (instance_id, chat_id, sent_at);
	CREATE INDEX messages_by_time ON messages (instance_id, sent_at);
	CREATE INDEX messages_by_unknown_sender ON messages (instance_id, sender_lid)
		WHERE sender_phone IS NULL AND sender_lid IS NOT NULL;
	CREATE INDEX messages_by_expiry ON messages (expires_at);
	CREATE INDEX messages_by_media ON messages (instance_id, media_sha256)
		WHERE media_sha256 IS NOT NULL;
	CREATE INDEX messages_media_pending ON messages (instance_id) WHERE media_state = 'pending';
	CREATE INDEX messages_protocol_pending ON messages (instance_id) WHERE protocol_pending = 1;

	CREATE TABLE awaited_messages (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		key TEXT NOT NULL,
		message ${sealed('message')} NOT NULL,
		due_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, key)
	) STRICT, WITHOUT ROWID;

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
		content ${sealed('content')} NOT NULL,
		upload ${sealed('upload')},
		typing_ms INTEGER NOT NULL,
		is_checked INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		UNIQUE (instance_id, message_id)
	) STRICT;

	CREATE TABLE idempotency_keys (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		key TEXT NOT NULL,
		body_hash ${sealed('body_hash')} NOT NULL,
		message_id TEXT NOT NULL,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, key)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

	CREATE TABLE media_files (
		sha256 TEXT PRIMARY KEY,
		size INTEGER NOT NULL,
		mimetype TEXT NOT NULL,
		file_name ${sealed('file_name')},
		created_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX media_files_by_age ON media_files (created_at);

	CREATE TABLE media_references (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		sha256 TEXT NOT NULL,
		outgoing INTEGER NOT NULL DEFAULT 0,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, sha256)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX media_references_by_file ON media_references (sha256);
	CREATE INDEX media_references_by_expiry ON media_references (expires_at);
	`,
	`
	CREATE TABLE instance_settings (
		instance_id TEXT PRIMARY KEY REFERENCES instances(id) ON DELETE CASCADE,
		read INTEGER NOT NULL,
		own_messages INTEGER NOT NULL,
		download INTEGER NOT NULL,
		messages_per_minute INTEGER
	) STRICT;

	CREATE TABLE contacts (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		id TEXT NOT NULL,
		phone TEXT,
		lid TEXT,
		name ${sealed('name')},
		push_name ${sealed('push_name')},
		is_business INTEGER,
		has_written INTEGER NOT NULL DEFAULT 0,
		updated_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX contacts_by_lid ON contacts (instance_id, lid) WHERE lid IS NOT NULL;
	CREATE INDEX contacts_by_expiry ON contacts (expires_at);

	CREATE TABLE chats (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		id TEXT NOT NULL,
		name ${sealed('name')},
		last_message_at INTEGER,
		unread_count INTEGER NOT NULL DEFAULT 0,
		read_at INTEGER NOT NULL DEFAULT 0,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX chats_by_expiry ON chats (expires_at);

	CREATE TABLE groups (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		id TEXT NOT NULL,
		subject ${sealed('subject')} NOT NULL,
		PRIMARY KEY (instance_id, id)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE number_checks (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		phone TEXT NOT NULL,
		jid TEXT,
		lid TEXT,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, phone)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX number_checks_by_expiry ON number_checks (expires_at);

	CREATE INDEX messages_without_phone ON messages (instance_id, sender_lid)
		WHERE sender_phone IS NULL AND sender_lid IS NOT NULL;
	`,
	`
	ALTER TABLE deliveries ADD COLUMN receiver_seq INTEGER;

	CREATE TABLE receiver_sequences (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		receiver TEXT NOT NULL,
		event TEXT NOT NULL,
		last INTEGER NOT NULL,
		PRIMARY KEY (instance_id, receiver, event)
	) STRICT, WITHOUT ROWID;
	`,
	// Files of before were not sealed. Without a row they go at the next start; received ones come again.
	`
	DROP TABLE media_files;
	CREATE TABLE media_files (
		sha256 TEXT PRIMARY KEY,
		size INTEGER NOT NULL,
		mimetype TEXT NOT NULL,
		file_name ${sealed('file_name')},
		content_key ${sealed('content_key')} NOT NULL,
		created_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX media_files_by_age ON media_files (created_at);
	`,
	// A secret may be replaced again before the overlap of an earlier one is over: each keeps its own time.
	`
	CREATE TABLE previous_webhook_secrets (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		secret ${sealed('secret')} NOT NULL,
		valid_until INTEGER NOT NULL
	) STRICT;
	CREATE INDEX previous_webhook_secrets_by_instance ON previous_webhook_secrets (instance_id);
	INSERT INTO previous_webhook_secrets (instance_id, secret, valid_until)
		SELECT id, previous_webhook_secret, previous_webhook_secret_until FROM instances
		WHERE previous_webhook_secret IS NOT NULL AND previous_webhook_secret_until IS NOT NULL;
	ALTER TABLE instances DROP COLUMN previous_webhook_secret;
	ALTER TABLE instances DROP COLUMN previous_webhook_secret_until;

	CREATE TABLE previous_subscription_secrets (
		instance_id TEXT NOT NULL,
		subscription_id TEXT NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
		secret ${sealed('secret')} NOT NULL,
		valid_until INTEGER NOT NULL
	) STRICT;
	CREATE INDEX previous_subscription_secrets_by_subscription
		ON previous_subscription_secrets (subscription_id);
	INSERT INTO previous_subscription_secrets (instance_id, subscription_id, secret, valid_until)
		SELECT instance_id, id, previous_secret, previous_secret_until FROM subscriptions
		WHERE previous_secret IS NOT NULL AND previous_secret_until IS NOT NULL;
	ALTER TABLE subscriptions DROP COLUMN previous_secret;
	ALTER TABLE subscriptions DROP COLUMN previous_secret_until;
	`,
	// What is kept of a delivery counts from its outcome, not from its beginning.
	`
	ALTER TABLE deliveries ADD COLUMN state_since INTEGER NOT NULL DEFAULT 0;
	UPDATE deliveries SET state_since = created_at;

	CREATE TABLE expiry_clock (
		id INTEGER PRIMARY KEY CHECK (id = 1),
		reached_at INTEGER NOT NULL
	) STRICT;
	`,
	// Who a group message was sent to: nobody else gets it when it is asked for again.
	`
	CREATE TABLE rosters (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		id TEXT NOT NULL,
		members ${sealed('members')} NOT NULL,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, id)
	) STRICT;
	CREATE INDEX rosters_by_expiry ON rosters (expires_at);
	ALTER TABLE messages ADD COLUMN roster TEXT;
	`,
	LIST_INDEXES,
	MESSAGE_IDENTITY,
	'CREATE INDEX awaited_messages_by_expiry ON awaited_messages (expires_at);',
	// After how many seconds messages disappear from a chat; null where nothing was heard of it.
	`
	ALTER TABLE chats ADD COLUMN timer_seconds INTEGER;
	CREATE INDEX chats_with_timer ON chats (instance_id) WHERE timer_seconds > 0;
	`,
	`
	ALTER TABLE instance_settings ADD COLUMN reject_calls INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE instance_settings ADD COLUMN reject_calls_text ${sealed('reject_calls_text')};
	`,
	CHAT_KEYS,
	// Whether a person is written to by LID; null where nothing was heard. And the name under which WhatsApp
	// has refused what is still to be sent.
	`
	ALTER TABLE chats ADD COLUMN by_lid INTEGER;
	UPDATE chats SET by_lid = (SELECT chat LIKE '%@lid' FROM messages
		WHERE messages.instance_id = chats.instance_id AND chat_id = chats.id AND from_me = 0
		AND type NOT IN ('protocol', 'edit', 'delete') ORDER BY sent_at DESC LIMIT 1)
		WHERE id LIKE '%@s.whatsapp.net';
	ALTER TABLE send_queue ADD COLUMN refused_name TEXT;
	`,
	// The proxy of an instance, with its password.
	`ALTER TABLE instance_settings ADD COLUMN proxy_url ${sealed('proxy_url')};`,
];
