import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './StorageError';

/** What stands beside a database only once there was something in it. */
const TRACES = ['encryption-key', 'media'];

/**
 * Refuses a damaged file without writing to it: a connection that may write would bring what is left of
 * the log into it when it closes. An empty file is a new database to SQLite; where there was one before,
 * it is what a torn copy or a full disk has left, and must not be taken for a new installation.
 * Throws StorageError.
 */
export function assertUndamaged(file: string): void {
	if (!existsSync(file)) return;
	if (statSync(file).size === 0 ? wasUsed(file) : !isSound(file)) {
		throw new StorageError(
			`The database ${file} is damaged. It was left as it is: restore it from a backup, or move it away to start anew (phones must then be linked again).`,
		);
	}
}

function wasUsed(file: string): boolean {
	const traces = [`${file}-wal`, ...TRACES.map((name) => join(dirname(file), name))];
	return traces.some((path) => existsSync(path));
}

function isSound(file: string): boolean {
	const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	try {
		return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
	} finally {
		database.close();
	}
}
