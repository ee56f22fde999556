import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BackupReader, exportInstance, importInstance, loadBackup } from '../../../runner/backup';
import { listInstanceTables, listTables } from '../../../runner/backup/instanceTables';
import { systemClock } from '../../../runner/Clock';
import { MediaStore } from '../../../runner/media/MediaStore';
import { Database } from '../../../runner/storage/Database';
import { fillDatabase, readInstance } from './fillDatabase';

const PASSPHRASE = 'four words nobody guesses';

/** Tables that belong to a data folder and to no instance. */
const OF_THE_FOLDER = ['encryption_keys', 'expiry_clock', 'media_files'];

interface Place {
	database: Database;
	media: MediaStore;
}

describe('exportInstance and importInstance', () => {
	let folder: string;
	let file: string;
	let here: Place;
	let there: Place;

	async function open(name: string): Promise<Place> {
		const dataDir = mkdtempSync(join(folder, name));
		const database = Database.open(join(dataDir, 'runner.db'));
		const sizes = { maxFileBytes: 1e6, quotaBytes: 1e7 };
		const media = new MediaStore({ dataDir, database, ...sizes, clock: systemClock });
		await media.open();
		return { database, media };
	}

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-backup-'));
		file = join(folder, 'file');
		here = await open('here-');
		there = await open('there-');
		await fillDatabase(here.database, 'ours');
	});

	afterEach(async () => {
		await here.database.close();
		await there.database.close();
		rmSync(folder, { recursive: true });
	});

	const exportOurs = async (options: Partial<Parameters<typeof exportInstance>[0]> = {}) =>
		await exportInstance({
			...here,
			instance: 'ours',
			file,
			passphrase: PASSPHRASE,
			scryptCost: 2 ** 10,
			withMedia: false,
			isCopy: true,
			now: new Date('2026-01-02T03:04:05Z'),
			version: '0.1.0',
			...options,
		});

	async function importInto(place: Place, name?: string): Promise<void> {
		const backup = await BackupReader.open(file, PASSPHRASE);
		await importInstance({ ...place, backup, loaded: await loadBackup(backup), name });
	}

	/** Files go along only when they are wanted. */
	const withoutFiles = ({ media_references: _, ...rest }: Record<string, string[]>) => rest;

	test('every table is either the data folder’s or goes along with its instance', () => {
		const read = (sql: string, ...params: string[]) => here.database.all(sql, ...params);
		const covered = listInstanceTables(read).map(({ name }) => name);
		expect([...covered, ...OF_THE_FOLDER].sort()).toEqual(listTables(read).sort());
	});

	test('everything of the instance is at its new place, and nothing of any other', async () => {
		await fillDatabase(here.database, 'theirs', 200);
		await exportOurs();
		await importInto(there);
		const before = withoutFiles(readInstance(here.database, 'ours'));
		for (const [table, rows] of Object.entries(before)) {
			expect([table, rows.length > 0]).toEqual([table, true]);
		}
		expect(withoutFiles(readInstance(there.database, 'ours'))).toEqual(before);
		expect(there.database.all('SELECT id FROM instances')).toEqual([{ id: 'ours' }]);
	});

	test('what is sealed there is sealed with the key of that place, for its new row', async () => {
		await exportOurs();
		await fillRowsBefore(there.database);
		await importInto(there);
		const stored = (place: Place) =>
			place.database.get<{ value: Uint8Array }>(
				`SELECT value FROM credentials WHERE instance_id = 'ours'`,
			)?.value;
		expect(Buffer.from(stored(there) ?? []).equals(Buffer.from(stored(here) ?? []))).toBe(false);
		expect(withoutFiles(readInstance(there.database, 'ours'))).toEqual(
			withoutFiles(readInstance(here.database, 'ours')),
		);
	});

	/** Another instance with numbers of its own, which must not be met. */
	async function fillRowsBefore(database: Database): Promise<void> {
		await fillDatabase(database, 'other');
		const [last] = database.all<{ seq: number }>('SELECT max(seq) AS seq FROM messages');
		expect(last?.seq).toBe(101);
	}

	test('handed over, it has no login, nothing to send and says so; what happened may be looked up', async () => {
		await exportOurs({ isCopy: false });
		const after = readInstance(here.database, 'ours');
		for (const table of [
			'credentials',
			'signal_keys',
			'send_queue',
			'awaited_messages',
			'deliveries',
		]) {
			expect([table, after[table]]).toEqual([table, []]);
		}
		expect(after.messages).toHaveLength(2);
		const row = here.database.get('SELECT state, last_error FROM instances');
		expect(row).toEqual({
			state: 'stopped',
			last_error: expect.stringMatching(/^Exported on 2026-01-02T03:04:05.000Z/) as string,
		});
		await expect(exportOurs({ file: join(folder, 'again') })).rejects.toThrow(/exported before/);
	});

	test('an instance that is linked, or another one of that name, is never replaced', async () => {
		await exportOurs();
		const before = readInstance(here.database, 'ours');
		await expect(importInto(here)).rejects.toThrow(/here already, and linked/);
		expect(readInstance(here.database, 'ours')).toEqual(before);

		await there.database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					SELECT 'x', ?, 'hash', seal('whsec_', 'instances.webhook_secret', 'x'), 0, 'unlinked', 0`,
				params: [String(here.database.get('SELECT name FROM instances')?.name)],
			},
		]);
		await expect(importInto(there)).rejects.toThrow(/has the name .* --name/);
		expect(there.database.all('SELECT id FROM instances')).toEqual([{ id: 'x' }]);
		await importInto(there, 'new name');
		expect(there.database.get(`SELECT name FROM instances WHERE id = 'ours'`)).toEqual({
			name: 'new name',
		});
	});

	test('comes back to where it was handed over, as it was', async () => {
		const before = withoutFiles(readInstance(here.database, 'ours'));
		await exportOurs({ isCopy: false });
		await importInto(here);
		expect(withoutFiles(readInstance(here.database, 'ours'))).toEqual(before);
	});

	test('files go along when they are wanted, byte for byte', async () => {
		const content = Buffer.alloc(200_000, 'a file of some size ');
		const { sha256 } = await here.media.add(Readable.from([content]), { fileName: 'a.txt' });
		await here.database.write([here.media.keep('ours', sha256, Date.now() + 1e6)]);
		expect(await exportOurs({ withMedia: true })).toMatchObject({ fileCount: 1 });
		await importInto(there);
		const stored = there.media.find(sha256);
		expect(stored).toMatchObject({ sizeBytes: content.length, fileName: 'a.txt' });
		expect((await stored?.content.read())?.equals(content)).toBe(true);
		expect(there.database.all('SELECT sha256 FROM media_references')).toEqual([{ sha256 }]);
	});

	test('a file that a waiting message needs goes along in any case, and others do not', async () => {
		const content = Buffer.from('still to be sent');
		const sha256 = createHash('sha256').update(content).digest('hex');
		for (const text of ['still to be sent', 'received']) {
			const { sha256: hash } = await here.media.add(Readable.from([Buffer.from(text)]), {});
			await here.database.write([here.media.keep('ours', hash, Date.now() + 1e6)]);
		}
		const read = (sql: string, ...params: string[]) => here.database.all(sql, ...params);
		const queue = listInstanceTables(read).find(({ name }) => name === 'send_queue');
		const as = queue?.sealed.upload;
		const upload = JSON.stringify({ sha256, kind: 'document' });
		const value = as ? `seal(?, '${as.name}', ${as.row.join(', ')})` : '?';
		await here.database.write([
			{ sql: `UPDATE send_queue SET upload = ${value}`, params: [upload] },
		]);
		await exportOurs();
		await importInto(there);
		expect(there.media.find(sha256)?.sizeBytes).toBe(content.length);
		expect(there.database.all('SELECT sha256 FROM media_references')).toEqual([{ sha256 }]);
	});

	test('of an unknown instance nothing is written, and those there are are named', async () => {
		const name = String(here.database.get('SELECT name FROM instances')?.name);
		await expect(exportOurs({ instance: 'nobody' })).rejects.toThrow(
			`There is no instance "nobody" here, only "${name}"`,
		);
		expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
	});
});
