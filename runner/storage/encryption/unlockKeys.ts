import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { createDataKey, createWrapper, unwrapKeys, wrapKey, type KeyRow } from './dataKeys';
import { EncryptionKeyError } from './EncryptionKeyError';
import { KeyRing } from './KeyRing';
import type { MasterKeys } from './MasterKeys';

/**
 * The newest key is the one in use. `sealed_count` is an upper bound of the values sealed with a key:
 * with random nonces there must be fewer than 2^32. Not among the migrations, as those may seal.
 */
const CREATE_TABLE = `CREATE TABLE encryption_keys (
	id INTEGER PRIMARY KEY,
	wrapped BLOB NOT NULL,
	created_at INTEGER NOT NULL,
	sealed_count INTEGER NOT NULL DEFAULT 0,
	retired_at INTEGER
) STRICT`;

/**
 * Opens the data keys of a database, or makes the first one. Where the master key has changed they are
 * wrapped anew, and a new data key comes into use: who had the old master key may have had the old data
 * keys as well. Throws EncryptionKeyError, having written nothing, when no master key given fits.
 */
export function unlockKeys(database: DatabaseSync, masters: MasterKeys): KeyRing {
	const rows = readRows(database);
	if (rows.length === 0) return createKeys(database, masters.create());
	const current = masters.read();
	if (current !== undefined) {
		const wrapper = createWrapper(current);
		const keys = unwrapKeys(wrapper, rows);
		if (keys) return new KeyRing(wrapper, keys);
	}
	for (const previous of masters.readPrevious()) {
		const keys = unwrapKeys(createWrapper(previous), rows);
		if (keys) return changeMaster(database, keys, masters.create());
	}
	throw toKeyError(masters.origin, current === undefined);
}

/** Whether the database has been encrypted from its beginning, as all but those of development are. */
export function hasKeys(database: DatabaseSync): boolean {
	const sql = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'encryption_keys'`;
	return database.prepare(sql).get() !== undefined;
}

function readRows(database: DatabaseSync): KeyRow[] {
	if (!hasKeys(database)) return [];
	return database.prepare('SELECT id, wrapped FROM encryption_keys').all() as KeyRow[];
}

function createKeys(database: DatabaseSync, master: string): KeyRing {
	const wrapper = createWrapper(master);
	const { key, row } = createDataKey(wrapper, 1);
	database.exec('BEGIN IMMEDIATE');
	database.exec(CREATE_TABLE);
	insertKey(database, row);
	database.exec('COMMIT');
	return new KeyRing(wrapper, new Map([[row.id, key]]));
}

function changeMaster(
	database: DatabaseSync,
	keys: ReadonlyMap<number, KeyObject>,
	master: string,
): KeyRing {
	const wrapper = createWrapper(master);
	const now = Date.now();
	const next = createDataKey(wrapper, Math.max(...keys.keys()) + 1);
	// What was wrapped with the old master key must not stay behind in the file.
	database.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
	const update = database.prepare(
		'UPDATE encryption_keys SET wrapped = ?, retired_at = coalesce(retired_at, ?) WHERE id = ?',
	);
	for (const [id, key] of keys) {
		update.run(wrapKey(wrapper, id, key.export()).wrapped, now, id);
	}
	insertKey(database, next.row);
	database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
	return new KeyRing(wrapper, new Map([...keys, [next.row.id, next.key]]));
}

function insertKey(database: DatabaseSync, { id, wrapped }: KeyRow): void {
	database
		.prepare('INSERT INTO encryption_keys (id, wrapped, created_at) VALUES (?, ?, ?)')
		.run(id, wrapped, Date.now());
}

function toKeyError(origin: string, isMissing: boolean): EncryptionKeyError {
	const remedy =
		'To change the key, give the one used until now as AWW_PREVIOUS_ENCRYPTION_KEY (embedded in n8n: n8n’s former encryption key); ' +
		'without it the data cannot be read: restore the key from a backup, or start anew in another data folder. ' +
		'Nothing was changed.';
	return new EncryptionKeyError(
		isMissing
			? `The stored data is encrypted, and its key is not there: neither AWW_ENCRYPTION_KEY nor AWW_ENCRYPTION_KEY_FILE is set, and there is no ${origin}. ${remedy}`
			: `The stored data was encrypted with another key than that of ${origin}. ${remedy}`,
	);
}
