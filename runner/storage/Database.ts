import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { DataFolderUnusableError } from '../ownership/DataFolderUnusableError';
import { addSealing } from './encryption/addSealing';
import { DamagedValues } from './encryption/DamagedValues';
import { EncryptionKeyError } from './encryption/EncryptionKeyError';
import type { KeyRing } from './encryption/KeyRing';
import { MasterKeys } from './encryption/MasterKeys';
import { Sealer } from './encryption/Sealer';
import { migrate } from './migrate';
import type { SqlValue, Statement } from './Statement';
import { StorageError } from './StorageError';
import { Writer } from './Writer';

export type Row = Record<string, SqlValue>;

/**
 * The runner's SQLite database. Reads are synchronous, on a read-only connection, and see what is
 * committed; writes go through the one writer thread. Synchronous reads matter beyond convenience:
 * the Signal key store must not let another task in between two steps of a decryption.
 */
export class Database {
	/** What was left out of what was read, as it does not open. */
	readonly damaged = new DamagedValues();
	private readonly prepared = new Map<string, StatementSync>();
	private readonly reader: DatabaseSync;
	private readonly sealer: Sealer;
	private readonly writer: Writer;

	private constructor(
		readonly file: string,
		private readonly keyRing: KeyRing,
	) {
		this.sealer = new Sealer(keyRing.sealing);
		this.reader = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
		addSealing(this.reader, this.sealer, (context) => this.damaged.note(context));
		this.writer = new Writer(file, keyRing.sealing);
	}

	/**
	 * Opens and migrates; creates the file when there is none. Throws StorageError, or
	 * EncryptionKeyError, with the remedy. Unless told otherwise the key is that of the file's folder.
	 */
	static open(file: string, masters = new MasterKeys({ dataDir: dirname(file) })): Database {
		try {
			return new Database(file, migrate(file, masters));
		} catch (error) {
			if (error instanceof StorageError || error instanceof EncryptionKeyError) throw error;
			if (error instanceof DataFolderUnusableError) throw error;
			const reason = error instanceof Error ? error.message : String(error);
			throw new StorageError(
				`Cannot open the database ${file}: ${reason}. Check that the folder is writable, has free space, ` +
					'and that the file is not damaged; restore it from a backup if it is. It was left as it is.',
			);
		}
	}

	/** The first row, or undefined. The caller names the columns' types. */
	get<T extends Row>(sql: string, ...params: SqlValue[]): T | undefined {
		return this.prepare(sql).get(...params) as T | undefined;
	}

	all<T extends Row>(sql: string, ...params: SqlValue[]): T[] {
		return this.prepare(sql).all(...params) as T[];
	}

	/** Atomic and durable once resolved. */
	async write(statements: readonly Statement[]): Promise<void> {
		if (statements.length > 0) await this.writer.write(statements);
	}

	/** Atomic, but nobody waits, and a crash within some 250 ms may lose it. */
	writeLazily(statements: readonly Statement[], onError: (error: Error) => void): void {
		if (statements.length > 0) this.writer.writeLazily(statements, onError);
	}

	/** The newest key, and older ones that something may still be sealed with. */
	get keyIds(): { active: number; retired: readonly number[] } {
		return { active: this.keyRing.activeId, retired: this.keyRing.retiredIds };
	}

	/** What is written from now on is sealed with a new key; what is there stays as it is. */
	async addKey(now: number): Promise<void> {
		const { row, add } = this.keyRing.draft();
		await this.write([
			{
				sql: 'UPDATE encryption_keys SET retired_at = ? WHERE retired_at IS NULL',
				params: [now],
			},
			{
				sql: 'INSERT INTO encryption_keys (id, wrapped, created_at) VALUES (?, ?, ?)',
				params: [row.id, row.wrapped, now],
			},
		]);
		add();
		this.useKeys();
	}

	/** For keys that nothing is sealed with any more: what still was could never be opened again. */
	async removeKeys(ids: readonly number[]): Promise<void> {
		const sql = 'DELETE FROM encryption_keys WHERE id = ?';
		await this.write(ids.map((id) => ({ sql, params: [id] })));
		this.keyRing.remove(ids);
		this.useKeys();
	}

	private useKeys(): void {
		// The reader first: it must be able to open what the writer seals.
		this.sealer.use(this.keyRing.sealing);
		this.writer.useKeys(this.keyRing.sealing);
	}

	/** Throws StorageError when nothing can be read or written any more. */
	assertUsable(): void {
		this.get('SELECT 1 AS alive');
		this.writer.assertUsable();
	}

	async close(): Promise<void> {
		await this.writer.close();
		this.prepared.clear();
		this.reader.close();
	}

	private prepare(sql: string): StatementSync {
		let statement = this.prepared.get(sql);
		if (!statement) {
			statement = this.reader.prepare(sql);
			this.prepared.set(sql, statement);
		}
		return statement;
	}
}
