import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations';
import { StorageError } from './StorageError';

/** Brings the file to the newest schema, one transaction a step. Refuses a file of a newer version. */
export function migrate(file: string): void {
	const database = new DatabaseSync(file, { timeout: 5000 });
	try {
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
		const check = database.prepare('PRAGMA quick_check(1)').get();
		if (check?.quick_check !== 'ok') {
			throw new StorageError(
				`The database ${file} is damaged. It was left as it is: restore it from a backup, or move it away to start anew (phones must then be linked again).`,
			);
		}
		const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
		if (version > MIGRATIONS.length) {
			throw new StorageError(
				`The database ${file} was written by a newer version of this package. Install that version again.`,
			);
		}
		MIGRATIONS.slice(version).forEach((sql, index) => {
			database.exec(`BEGIN; ${sql}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
		});
	} finally {
		database.close();
	}
	// The sessions' keys are in it: nobody but the owner may read it.
	chmodSync(file, 0o600);
}
