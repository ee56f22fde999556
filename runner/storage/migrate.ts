import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { assertUndamaged } from './assertUndamaged';
import { addSealing } from './encryption/addSealing';
import type { KeyRing } from './encryption/KeyRing';
import type { MasterKeys } from './encryption/MasterKeys';
import { Sealer } from './encryption/Sealer';
import { hasKeys, unlockKeys } from './encryption/unlockKeys';
import { MIGRATIONS } from './migrations';
import { StorageError } from './StorageError';

/**
 * Brings the file to the newest schema, one transaction a step, and opens its keys. Refuses a file of a
 * newer version, a damaged one, and one whose key is not there, before anything is written.
 */
export function migrate(file: string, masters: MasterKeys): KeyRing {
	assertUndamaged(file);
	const database = new DatabaseSync(file, { timeout: 5000 });
	try {
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
		const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
		if (version > MIGRATIONS.length) {
			throw new StorageError(
				`The database ${file} was written by a newer version of this package. Install that version again.`,
			);
		}
		if (version > 0 && !hasKeys(database)) {
			throw new StorageError(
				`The database ${file} was written by a development version that did not encrypt. It was left as it is: name another folder with AWW_DATA_DIR to start anew (phones must then be linked again).`,
			);
		}
		const keyRing = unlockKeys(database, masters);
		addSealing(database, new Sealer(keyRing.sealing));
		MIGRATIONS.slice(version).forEach((sql, index) => {
			database.exec(`BEGIN; ${sql}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
		});
		// The sessions' keys are in it: nobody but the owner may read it.
		chmodSync(file, 0o600);
		return keyRing;
	} finally {
		database.close();
	}
}
