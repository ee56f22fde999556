import { createHmac, randomBytes } from 'node:crypto';
import type { Database, Row } from '../storage/Database';
import type { Statement } from '../storage/Statement';

/** The key of a conversation. */
export interface ChatKey extends Row {
	key: string;
	/** Since when receivers may know it, in Unix milliseconds. */
	told_at: number;
}

/** 128 bits in base64url. */
const KEY_LENGTH = 22;

/**
 * The keys of conversations, found by each name that a chat goes by. Names stand here only as keyed
 * hashes, and for as long as their instance: a key must come back with somebody who was silent for months,
 * and a number must not stay for it.
 */
export class ChatKeyRepository {
	private readonly salts = new Map<string, string>();

	constructor(private readonly database: Database) {}

	/** The key of a chat by its id, told before or not. */
	keyOf(instanceId: string, chatId: string): string {
		const name = this.toName(instanceId, chatId);
		return this.find(instanceId, name)?.key ?? name;
	}

	/** By a name as `toName` makes it. */
	find(instanceId: string, name: string): ChatKey | undefined {
		return this.database.get<ChatKey>(
			'SELECT key, told_at FROM chat_keys WHERE instance_id = ? AND name = ?',
			instanceId,
			name,
		);
	}

	put(instanceId: string, name: string, { key, told_at }: ChatKey): Statement {
		return {
			sql: `INSERT INTO chat_keys (instance_id, name, key, told_at) VALUES (?, ?, ?, ?)
				ON CONFLICT (instance_id, name) DO UPDATE SET key = excluded.key, told_at = excluded.told_at`,
			params: [instanceId, name, key, told_at],
		};
	}

	/** What stands for the id of a chat, and is its key unless it has another one. */
	toName(instanceId: string, chatId: string): string {
		const hash = createHmac('sha256', this.saltOf(instanceId)).update(chatId).digest('base64url');
		return `chat_${hash.slice(0, KEY_LENGTH)}`;
	}

	/** Numbers are few enough to be guessed from a hash without it. */
	private saltOf(instanceId: string): string {
		const known = this.salts.get(instanceId);
		if (known !== undefined) return known;
		const row = this.database.get<Row & { chat_salt: string }>(
			'SELECT chat_salt FROM instances WHERE id = ?',
			instanceId,
		);
		// An instance that is gone tells nobody of its chats.
		if (!row) return randomBytes(16).toString('hex');
		this.salts.set(instanceId, row.chat_salt);
		return row.chat_salt;
	}
}
