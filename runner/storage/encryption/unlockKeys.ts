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
 * Opens the data keys of a database, or makes the first one. The master key changes only where the
 * operator has named the one used until now as the previous one: a key that is merely another may be
 * mistyped. The data keys are wrapped anew then, and a new one comes into use: who had the old master
 * key may have had the old data keys as well. Throws EncryptionKeyError, having written nothing, when
 * no master key fits that may be used.
 */
export function unlockKeys(database: DatabaseSync, masters: MasterKeys): KeyRing {
	masters.warnOfOpenFile();
	const rows = readRows(database);
	if (rows.length === 0) return createKeys(database, masters.create());
	const current = masters.read();
	const fitting = current === undefined ? undefined : open(current, rows);
	if (fitting) return fitting;
	for (const previous of masters.previous) {
		const former = open(previous, rows);
		if (former) return masters.isFixed ? former : changeMaster(database, former, masters);
	}
	const own = masters.readOwn();
	const withOwn = own === undefined ? undefined : open(own, rows);
	if (withOwn && !masters.isGiven) {
		masters.notify(OWN_KEY_KEPT);
		return withOwn;
	}
	throw withOwn ? toOwnKeyError(masters) : toKeyError(masters.origin, current === undefined);
}

/** Undefined when another master key has wrapped them. */
function open(master: string, rows: readonly KeyRow[]): KeyRing | undefined {
	const wrapper = createWrapper(master);
	const keys = unwrapKeys(wrapper, rows);
	return keys && new KeyRing(wrapper, keys);
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

function changeMaster(database: DatabaseSync, former: KeyRing, masters: MasterKeys): KeyRing {
	const { keys } = former.sealing;
	const wrapper = createWrapper(masters.create());
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
	masters.notify(
		`The master key was changed: from now on that of ${masters.origin} opens the stored data, and the previous one does not. ` +
			'Keep a copy of it; AWW_PREVIOUS_ENCRYPTION_KEY can be removed.',
	);
	return new KeyRing(wrapper, new Map([...keys, [next.row.id, next.key]]));
}

function insertKey(database: DatabaseSync, { id, wrapped }: KeyRow): void {
	database
		.prepare('INSERT INTO encryption_keys (id, wrapped, created_at) VALUES (?, ?, ?)')
		.run(id, wrapped, Date.now());
}

const OWN_KEY_KEPT =
	'The data folder goes on with the encryption key of its own, the file encryption-key in it, and not with that of n8n. ' +
	'To change that, give what is in the file as AWW_PREVIOUS_ENCRYPTION_KEY for one start.';

function toOwnKeyError({ origin, ownFile }: MasterKeys): EncryptionKeyError {
	return new EncryptionKeyError(
		`The stored data is encrypted with the key of its own folder, ${ownFile}, and ${origin} gives another. ` +
			'To go on as before, unset that. To change the key, check the new one, keep a copy of it, and give what is in the file as AWW_PREVIOUS_ENCRYPTION_KEY for one start: ' +
			'a key that was mistyped is not put to use by itself. Nothing was changed.',
	);
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
