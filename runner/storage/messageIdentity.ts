/** Ids are made up by senders: what became of a message belongs to its chat and author as well. */
export const MESSAGE_IDENTITY = `
	ALTER TABLE message_statuses RENAME TO statuses_by_id;
	CREATE TABLE message_statuses (
		instance_id TEXT NOT NULL REFERENCES instances(id) ON DELETE CASCADE,
		message_id TEXT NOT NULL,
		chat TEXT NOT NULL,
		author TEXT NOT NULL,
		from_me INTEGER NOT NULL,
		participant TEXT NOT NULL,
		status TEXT NOT NULL,
		at INTEGER NOT NULL,
		reason TEXT,
		expires_at INTEGER NOT NULL,
		PRIMARY KEY (instance_id, message_id, chat, author, from_me, participant, status)
	) STRICT, WITHOUT ROWID;
	INSERT INTO message_statuses
		SELECT old.instance_id, old.message_id, coalesce(messages.chat, ''),
			coalesce(messages.participant, ''), coalesce(messages.from_me, 1), old.participant,
			old.status, old.at, old.reason, old.expires_at
		FROM statuses_by_id AS old LEFT JOIN messages ON messages.seq = (
			SELECT seq FROM messages AS one
			WHERE one.instance_id = old.instance_id AND one.message_id = old.message_id
			ORDER BY one.type = 'protocol', one.from_me DESC, one.seq LIMIT 1);
	DROP TABLE statuses_by_id;
	CREATE INDEX message_statuses_by_expiry ON message_statuses (expires_at);

	ALTER TABLE messages ADD COLUMN target_participant TEXT;
	ALTER TABLE messages ADD COLUMN target_from_me INTEGER;
`;
