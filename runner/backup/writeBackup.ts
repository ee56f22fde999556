import { finished } from 'node:stream/promises';
import type { MediaFile } from '../media/MediaFile';
import { DamagedFileError } from '../media/sealed/DamagedFileError';
import type { Database } from '../storage/Database';
import type { SqlValue } from '../storage/Statement';
import type { Manifest } from './BackupRecord';
import type { BackupWriter } from './BackupWriter';
import { FILE_TABLES, listInstanceTables, toSelection, type InstanceTable } from './instanceTables';

export interface BackupSource {
	database: Database;
	/** A file of the media store; undefined when it is not there any more. */
	findFile: (sha256: string) => MediaFile | undefined;
	/** All files the instance keeps, not only those that have still to be sent. */
	withMedia: boolean;
}

/** What went into a backup. */
export interface BackupSummary {
	messageCount: number;
	fileCount: number;
}

const ROWS_AT_ONCE = 200;

/** Writes everything of an instance. Nothing may change the database meanwhile. */
export async function writeBackup(
	writer: BackupWriter,
	manifest: Manifest,
	source: BackupSource,
): Promise<BackupSummary> {
	const { database, withMedia } = source;
	const files = await listFiles(source, manifest.instanceId);
	await writer.write(manifest);
	for (const file of files) await writeFile(writer, file);
	const kept = new Set(files.map(({ sha256 }) => sha256));
	let messageCount = 0;
	for (const table of listInstanceTables((sql, ...params) => database.all(sql, ...params))) {
		const rows = readRows(database, table, manifest.instanceId);
		const shaAt = table.columns.indexOf('sha256');
		const wanted = FILE_TABLES.includes(table.name)
			? rows.filter((row) => kept.has(String(row[shaAt])))
			: rows;
		if (table.name === 'messages') messageCount = wanted.length;
		await writeRows(writer, table, wanted);
	}
	return { messageCount, fileCount: withMedia ? files.length : 0 };
}

function readRows(database: Database, table: InstanceTable, instanceId: string): SqlValue[][] {
	const sql = `SELECT ${toSelection(table)} FROM ${table.name} WHERE ${table.owner} = ?`;
	return database.all(sql, instanceId).map((row) => table.columns.map((name) => row[name] ?? null));
}

async function writeRows(
	writer: BackupWriter,
	{ name: table, columns, sealed }: InstanceTable,
	rows: SqlValue[][],
): Promise<void> {
	for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
		const some = rows.slice(at, at + ROWS_AT_ONCE);
		await writer.write({ kind: 'rows', table, columns, sealed, rows: some });
	}
}

async function writeFile(writer: BackupWriter, { content, ...file }: MediaFile): Promise<void> {
	await writer.write({ kind: 'file', ...file });
	for await (const bytes of content.createReadStream()) {
		await writer.write({ kind: 'bytes', bytes: bytes as Buffer });
	}
}

/** A message that waits cannot leave without its file, so that one goes along in any case. */
async function listFiles(
	{ database, findFile, withMedia }: BackupSource,
	instanceId: string,
): Promise<MediaFile[]> {
	const tables = listInstanceTables((sql, ...params) => database.all(sql, ...params));
	const columnOf = (name: string, column: string): SqlValue[] => {
		const table = tables.find((each) => each.name === name);
		if (!table) return [];
		const at = table.columns.indexOf(column);
		return readRows(database, table, instanceId).map((row) => row[at] ?? null);
	};
	const waiting = columnOf('send_queue', 'upload').flatMap((upload) =>
		typeof upload === 'string' ? [(JSON.parse(upload) as { sha256: string }).sha256] : [],
	);
	const wanted = withMedia ? columnOf('media_references', 'sha256').map(String) : [];
	const found = [...new Set([...waiting, ...wanted])].flatMap((sha256) => findFile(sha256) ?? []);
	const whole: MediaFile[] = [];
	for (const file of found) if (await isWhole(file)) whole.push(file);
	return whole;
}

/** Read to its end: one that is damaged must not keep everything else out of the backup. */
async function isWhole({ content }: MediaFile): Promise<boolean> {
	try {
		await finished(content.createReadStream().resume());
		return true;
	} catch (error) {
		if (error instanceof DamagedFileError) return false;
		throw error;
	}
}
