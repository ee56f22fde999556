import { createSecretKey, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { addSealing } from '../storage/encryption/addSealing';
import { Sealer } from '../storage/encryption/Sealer';
import { MIGRATIONS } from '../storage/migrations';
import type { SqlValue } from '../storage/Statement';
import { BackupError } from './BackupError';
import type { BackupReader } from './BackupReader';
import type { Manifest, Rows } from './BackupRecord';
import { toDamaged } from './frames';
import { listInstanceTables, toInsertion, toSelection } from './instanceTables';

/** An instance out of a backup, brought to today's schema. */
export interface LoadedBackup {
	manifest: Manifest;
	/** Table by table, each before those that refer to it; sealed columns opened. */
	readTables(): Array<Pick<Rows, 'table' | 'columns' | 'sealed' | 'rows'>>;
}

/**
 * Reads all of a backup, files excepted, into a database in memory that has the schema of the time it
 * was written, and takes that through the steps since then. Nothing of it touches the disk.
 */
export async function loadBackup(backup: BackupReader): Promise<LoadedBackup> {
	let manifest: Manifest | undefined;
	let database: DatabaseSync | undefined;
	for await (const record of backup.records()) {
		if (record.kind === 'manifest') {
			manifest = record;
			database = createDatabase(record.schema);
		}
		if (!manifest || !database) throw toDamaged();
		if (record.kind === 'rows') insertRows(database, record);
	}
	if (!manifest || !database) throw toDamaged();
	const migrated = database;
	for (const step of MIGRATIONS.slice(manifest.schema)) migrated.exec(step);
	return { manifest, readTables: () => readTables(migrated) };
}

function createDatabase(schema: number): DatabaseSync {
	if (schema > MIGRATIONS.length) {
		throw new BackupError(
			'This backup was written by a newer version of this package. Update the package, then import it.',
		);
	}
	const database = new DatabaseSync(':memory:');
	const keys = new Map([[1, createSecretKey(randomBytes(32))]]);
	addSealing(database, new Sealer({ activeId: 1, keys }));
	for (const step of MIGRATIONS.slice(0, schema)) database.exec(step);
	return database;
}

function insertRows(database: DatabaseSync, { table, columns, sealed, rows }: Rows): void {
	// What stands in a backup becomes part of SQL: only names that the schema knows.
	const known = listInstanceTables((sql, ...params) => database.prepare(sql).all(...params));
	const found = known.find(({ name }) => name === table);
	const names = [
		...columns,
		...Object.keys(sealed),
		...Object.values(sealed).flatMap(({ row }) => row),
	];
	const isSealedSafely = Object.values(sealed).every(({ name }) => /^[\w.]+$/.test(name));
	if (!found || !isSealedSafely || !names.every((name) => found.columns.includes(name))) {
		throw toDamaged();
	}
	const insert = database.prepare(toInsertion({ name: table, columns, sealed }));
	try {
		for (const row of rows) insert.run(...row);
	} catch {
		// They were in a database once, so they fit into one.
		throw toDamaged();
	}
}

function readTables(database: DatabaseSync): ReturnType<LoadedBackup['readTables']> {
	const read = (sql: string, ...params: string[]) => database.prepare(sql).all(...params);
	return listInstanceTables(read).map((table) => ({
		table: table.name,
		columns: table.columns,
		sealed: table.sealed,
		rows: read(`SELECT ${toSelection(table)} FROM ${table.name}`).map((row) =>
			table.columns.map((column) => (row[column] ?? null) as SqlValue),
		),
	}));
}
