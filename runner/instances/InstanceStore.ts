import { randomUUID } from 'node:crypto';
import { createSecret, type CreatedInstance } from '../../contract';
import { ApiError } from '../ApiError';
import type { Database, Row } from '../storage/Database';
import { seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import { createApiKey, isSameHash, toKeyHash } from './apiKey';

/** The part of an instance that stays; what it is doing is its session's to say. */
export interface InstanceRecord {
	id: string;
	name: string;
}

/** A new instance: rows for one transaction with whatever belongs to it, and the secrets, once. */
export interface DraftInstance {
	created: CreatedInstance;
	statements: Statement[];
}

interface KeyRow extends Row {
	id: string;
	name: string;
	api_key_hash: string;
}

const COLUMNS = 'id, name';

/** The rows of the instances and their API keys, of which only hashes are kept. */
export class InstanceStore {
	/** Every event says the name of its instance. */
	private readonly names = new Map<string, string>();

	constructor(
		private readonly database: Database,
		private readonly now: () => number = Date.now,
	) {}

	/** Oldest first. */
	list(): InstanceRecord[] {
		return this.database.all<Row & InstanceRecord>(
			`SELECT ${COLUMNS} FROM instances ORDER BY created_at, name`,
		);
	}

	find(id: string): InstanceRecord | undefined {
		return this.database.get<Row & InstanceRecord>(
			`SELECT ${COLUMNS} FROM instances WHERE id = ?`,
			id,
		);
	}

	/** "" when there is no such instance. */
	nameOf(id: string): string {
		const known = this.names.get(id);
		if (known !== undefined) return known;
		const name = this.find(id)?.name;
		if (name !== undefined) this.names.set(id, name);
		return name ?? '';
	}

	/** Whose key it is, by its `toKeyHash`. */
	findByKeyHash(hash: string): InstanceRecord | undefined {
		const row = this.database.get<KeyRow>(
			`SELECT ${COLUMNS}, api_key_hash FROM instances WHERE api_key_hash = ?`,
			hash,
		);
		return row && isSameHash(row.api_key_hash, hash) ? { id: row.id, name: row.name } : undefined;
	}

	/** Makes id, key and secret; nothing is written before `insert`. */
	draft(name: string): DraftInstance {
		const created = {
			id: randomUUID(),
			name,
			apiKey: createApiKey(),
			webhookSecret: createSecret(),
		};
		const now = this.now();
		const insert = {
			sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
				VALUES (?1, ?2, ?3, ${seal('instances.webhook_secret', '?4', '?1')}, ?5, 'unlinked', ?6)`,
			params: [created.id, name, toKeyHash(created.apiKey), created.webhookSecret, now, now],
		};
		return { created, statements: [insert] };
	}

	/** Writes a draft with what belongs to it, all or nothing. Throws `instance_exists`. */
	async insert(draft: DraftInstance, alongside: readonly Statement[] = []): Promise<void> {
		const { name, id } = draft.created;
		await this.writeName({ name, id, statements: [...draft.statements, ...alongside] });
	}

	/** Throws `instance_exists`. */
	async rename(id: string, name: string): Promise<void> {
		const sql = 'UPDATE instances SET name = ? WHERE id = ?';
		await this.writeName({ name, id, statements: [{ sql, params: [name, id] }] });
		this.names.set(id, name);
	}

	/** The new key; the one before is worth nothing from now on. */
	async rotateKey(id: string): Promise<string> {
		const key = createApiKey();
		const sql = 'UPDATE instances SET api_key_hash = ? WHERE id = ?';
		await this.database.write([{ sql, params: [toKeyHash(key), id] }]);
		return key;
	}

	/** Everything that belongs to the instance goes with it. */
	async remove(id: string): Promise<void> {
		await this.database.write([{ sql: 'DELETE FROM instances WHERE id = ?', params: [id] }]);
		this.names.delete(id);
	}

	private async writeName(write: { name: string; id: string; statements: Statement[] }) {
		if (this.isTaken(write)) throw new ApiError('instance_exists');
		try {
			await this.database.write(write.statements);
		} catch (error) {
			// Somebody else may have taken the name between the look and the write.
			if (this.isTaken(write)) throw new ApiError('instance_exists');
			throw error;
		}
	}

	private isTaken({ name, id }: { name: string; id: string }): boolean {
		const sql = 'SELECT id FROM instances WHERE name = ? AND id <> ?';
		return this.database.get(sql, name, id) !== undefined;
	}
}
