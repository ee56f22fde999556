import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './StorageError';

/** What stands beside a database only once there was something in it. */
const TRACES = ['encryption-key', 'media-key', 'media'];

const REMEDY =
	'restore it from a backup, or name another folder with AWW_DATA_DIR to start anew (phones must then be linked again)';

/**
 * Refuses a damaged file without writing to it: a connection that may write would bring what is left of
 * the log into it when it closes. An empty file, or none at all, is a new database to SQLite; where there
 * was one before, it is what a torn copy, a full disk or a forgotten file has left, and must not be taken
 * for a new installation. Throws StorageError.
 */
export function assertUndamaged(file: string): void {
	if (!existsSync(file)) {
		const trace = findTrace(file);
		if (trace === undefined) return;
		throw new StorageError(
			`The database ${file} is missing, though ${trace} shows that there was one. Nothing was changed: ${REMEDY}.`,
		);
	}
	if (statSync(file).size === 0 ? findTrace(file) !== undefined : !isSound(file)) {
		throw new StorageError(`The database ${file} is damaged. It was left as it is: ${REMEDY}.`);
	}
}

function findTrace(file: string): string | undefined {
	const traces = [`${file}-wal`, ...TRACES.map((name) => join(dirname(file), name))];
	return traces.find((path) => existsSync(path) && !isEmptyFolder(path));
}

/** One that was made for a disk to be mounted there, say. */
function isEmptyFolder(path: string): boolean {
	return statSync(path).isDirectory() && readdirSync(path).length === 0;
}

function isSound(file: string): boolean {
	const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	try {
		return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
	} finally {
		database.close();
	}
}
