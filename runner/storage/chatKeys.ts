/**
 * The key of each conversation, by the hashes of its names. However an instance comes to be, it has a salt
 * of its own for them.
 */
export const CHAT_KEYS = `
	ALTER TABLE instances ADD COLUMN chat_salt TEXT;
	UPDATE instances SET chat_salt = lower(hex(randomblob(16)));
	CREATE TRIGGER instances_have_a_salt AFTER INSERT ON instances WHEN new.chat_salt IS NULL BEGIN
		UPDATE instances SET chat_salt = lower(hex(randomblob(16))) WHERE id = new.id;
	END;
	CREATE TABLE chat_keys (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		name TEXT NOT NULL,
		key TEXT NOT NULL,
		told_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, name)
	) STRICT, WITHOUT ROWID;
`;
