/**
 * The indexes that lists are read by: each filter of a list is a column that is given, and what follows
 * is the order. A filter that finds nothing then costs as little as one that finds something. A list that
 * is not filtered by a column of few values is merged from one list for each of them.
 */
export const LIST_INDEXES = `
	DROP INDEX messages_by_chat;
	DROP INDEX messages_by_time;
	DROP INDEX messages_by_unknown_sender;
	DROP INDEX messages_by_media;
	CREATE INDEX messages_shown ON messages (instance_id, from_me, sent_at)
		WHERE type NOT IN ('protocol', 'edit', 'delete');
	CREATE INDEX messages_shown_by_chat ON messages (instance_id, chat_id, from_me, sent_at)
		WHERE type NOT IN ('protocol', 'edit', 'delete');
	CREATE INDEX messages_shown_by_type ON messages (instance_id, type, from_me, sent_at)
		WHERE type NOT IN ('protocol', 'edit', 'delete');
	CREATE INDEX messages_shown_by_chat_and_type
		ON messages (instance_id, chat_id, type, from_me, sent_at)
		WHERE type NOT IN ('protocol', 'edit', 'delete');
	CREATE INDEX messages_unread ON messages (instance_id, chat_id, sent_at)
		WHERE from_me = 0 AND status = 'RECEIVED'
			AND type NOT IN ('protocol', 'edit', 'reaction', 'poll_vote', 'call');
	CREATE INDEX messages_by_media ON messages (instance_id, media_sha256, sent_at)
		WHERE media_sha256 IS NOT NULL;
	CREATE INDEX messages_hidden_by_chat ON messages (instance_id, chat_id)
		WHERE type IN ('protocol', 'edit', 'delete');

	CREATE INDEX chats_in_order ON chats (instance_id, coalesce(last_message_at, 0), id);

	DROP INDEX deliveries_by_instance;
	DROP INDEX deliveries_failed;
	CREATE INDEX deliveries_by_kind ON deliveries (instance_id, event, state, seq, created_at);
	CREATE INDEX deliveries_counted ON deliveries (instance_id, event,
		CASE WHEN receiver GLOB 'slots:*' THEN 'slots' ELSE receiver END, receiver_seq);
	CREATE INDEX deliveries_waiting ON deliveries (receiver, event) WHERE state = 'pending';
`;
