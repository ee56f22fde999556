import { Readable } from 'node:stream';
import type { MediaStore } from '../media/MediaStore';
import { InstanceStore } from '../instances/InstanceStore';
import { CredentialRepository } from '../storage/CredentialRepository';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import { BackupError } from './BackupError';
import type { BackupReader } from './BackupReader';
import type { StoredFile } from './BackupRecord';
import { writeHashed } from '../media/writeHashed';
import { toDamaged } from './frames';
import { toInsertion } from './instanceTables';
import type { LoadedBackup } from './loadBackup';

export interface ImportOptions {
	database: Database;
	media: MediaStore;
	backup: BackupReader;
	/** All of it was read before. */
	loaded: LoadedBackup;
	/** A new name, where the old one is taken. */
	name?: string | undefined;
}

/**
 * Takes an instance in, all or nothing; what was left of it here is replaced. The caller owns the data
 * folder. Throws BackupError when it is linked here, or its name taken.
 */
export async function importInstance(options: ImportOptions): Promise<{ name: string }> {
	const { database, media, backup, loaded } = options;
	const { instanceId, name: oldName } = loaded.manifest;
	const name = options.name ?? oldName;
	assertWelcome(database, instanceId, name);
	await takeFiles(backup, media);
	await database.write([
		{ sql: 'DELETE FROM instances WHERE id = ?', params: [instanceId] },
		...loaded.readTables().flatMap((table) => toStatements(database, withName(table, name))),
	]);
	return { name };
}

function assertWelcome(database: Database, instanceId: string, name: string): void {
	if (new CredentialRepository(database).has(instanceId)) {
		throw new BackupError(
			'This instance is here already, and linked: two copies of one login would throw each other out. ' +
				'Nothing was imported.',
		);
	}
	const namesake = new InstanceStore(database).list().find((each) => each.name === name);
	if (namesake && namesake.id !== instanceId) {
		throw new BackupError(
			`Another instance here has the name "${name}". Give this one another with --name; nothing was imported.`,
		);
	}
}

type Table = ReturnType<LoadedBackup['readTables']>[number];

function withName({ rows, ...table }: Table, name: string): Table {
	if (table.table !== 'instances') return { ...table, rows };
	const nameAt = table.columns.indexOf('name');
	return { ...table, rows: rows.map((row) => row.with(nameAt, name)) };
}

/** Numbers that are counted up over all instances go on where this database is. */
function toStatements(database: Database, { table, columns, sealed, rows }: Table): Statement[] {
	const sql = toInsertion({ name: table, columns, sealed });
	const seqAt = columns.indexOf('seq');
	if (seqAt < 0) return rows.map((params) => ({ sql, params }));
	const last = database.get<{ last: number }>(`SELECT coalesce(max(seq), 0) AS last FROM ${table}`);
	const inOrder = rows.toSorted((a, b) => Number(a[seqAt]) - Number(b[seqAt]));
	return inOrder.map((row, index) => ({
		sql,
		params: row.with(seqAt, (last?.last ?? 0) + index + 1),
	}));
}

/** They come first: should the rest fail, nobody keeps them and they go by themselves. */
async function takeFiles(backup: BackupReader, media: MediaStore): Promise<void> {
	const records = backup.records();
	for await (const record of records) {
		if (record.kind === 'rows') return;
		if (record.kind === 'file') await takeFile(record, records, media);
	}
}

async function takeFile(
	{ sha256, sizeBytes, mimetype, fileName }: StoredFile,
	records: ReturnType<BackupReader['records']>,
	media: MediaStore,
): Promise<void> {
	const temporary = await media.createTemporary();
	try {
		const bytes = Readable.from(takeBytes(sizeBytes, records), { objectMode: false });
		const written = await writeHashed(bytes, temporary.path, { maxBytes: sizeBytes });
		if (written.sha256 !== sha256) throw toDamaged();
		await media.adopt(temporary.path, { ...written, mimetype, fileName });
	} finally {
		await temporary.discard();
	}
}

async function* takeBytes(
	sizeBytes: number,
	records: ReturnType<BackupReader['records']>,
): AsyncGenerator<Buffer> {
	for (let left = sizeBytes; left > 0;) {
		const { value } = await records.next();
		if (value?.kind !== 'bytes') throw toDamaged();
		yield value.bytes;
		left -= value.bytes.length;
	}
}
