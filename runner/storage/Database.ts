import { DatabaseSync, type StatementSync } from 'node:sqlite';
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
	private readonly prepared = new Map<string, StatementSync>();

	private constructor(
		readonly file: string,
		private readonly reader: DatabaseSync,
		private readonly writer: Writer,
	) {}

	/** Opens and migrates; creates the file when there is none. Throws StorageError with the remedy. */
	static open(file: string): Database {
		try {
			migrate(file);
			const reader = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
			return new Database(file, reader, new Writer(file));
		} catch (error) {
			if (error instanceof StorageError) throw error;
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
