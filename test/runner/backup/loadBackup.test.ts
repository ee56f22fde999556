import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupReader, loadBackup } from '../../../runner/backup';
import type { BackupRecord, Manifest, Rows } from '../../../runner/backup/BackupRecord';
import { BackupWriter } from '../../../runner/backup/BackupWriter';
import type { LoadedBackup } from '../../../runner/backup/loadBackup';
import { MIGRATIONS } from '../../../runner/storage/migrations';

const PASSPHRASE = 'four words nobody guesses';

const manifest: Manifest = {
	kind: 'manifest',
	instanceId: 'i-1',
	name: 'shop',
	number: null,
	exportedAt: '2026-01-01T00:00:00.000Z',
	version: '0.1.0',
	schema: 1,
	isCopy: false,
};

const instance: Rows = {
	kind: 'rows',
	table: 'instances',
	columns: ['id', 'name', 'api_key_hash', 'webhook_secret', 'created_at', 'state', 'since'],
	sealed: { webhook_secret: { name: 'instances.webhook_secret', row: ['id'] } },
	rows: [['i-1', 'shop', 'hash', 'whsec_', 0, 'connected', 0]],
};

const credentials: Rows = {
	kind: 'rows',
	table: 'credentials',
	columns: ['instance_id', 'value'],
	sealed: { value: { name: 'credentials.value', row: ['instance_id'] } },
	rows: [['i-1', 'the login']],
};

describe('loadBackup', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-backup-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	async function load(...records: BackupRecord[]): Promise<LoadedBackup> {
		const path = join(folder, randomUUID());
		const writer = await BackupWriter.create(path, PASSPHRASE, 2 ** 10);
		for (const record of records) await writer.write(record);
		await writer.finish();
		return await loadBackup(await BackupReader.open(path, PASSPHRASE));
	}

	test('a backup of an earlier schema is brought to today’s', async () => {
		const loaded = await load(manifest, instance, credentials);
		const tables = new Map(loaded.readTables().map((table) => [table.table, table]));
		expect(tables.get('credentials')?.rows).toEqual([['i-1', 'the login']]);
		// Of the second step.
		expect(tables.has('contacts')).toBe(true);
		expect(MIGRATIONS.length).toBeGreaterThan(1);
	});

	test('a backup of a later schema says that the package must be updated', async () => {
		const schema = MIGRATIONS.length + 1;
		await expect(load({ ...manifest, schema })).rejects.toThrow(
			/newer version.*Update the package/,
		);
	});

	test.each<[string, Partial<Rows>]>([
		['a table', { table: 'credentials; DROP TABLE instances' }],
		['a table without instances', { table: 'encryption_keys' }],
		['a column', { columns: ['instance_id', 'value) SELECT 1 --'] }],
		['what a column was sealed as', { sealed: { value: { name: `x')--`, row: [] } } }],
		['what told a row apart', { sealed: { value: { name: 'x', row: ['1) --'] } } }],
	])('a forged name of %s never becomes SQL', async (_, forged) => {
		await expect(load(manifest, instance, { ...credentials, ...forged })).rejects.toThrow(
			/damaged/,
		);
	});

	test('rows that fit no schema are no backup', async () => {
		await expect(load(manifest, credentials)).rejects.toThrow(/damaged/);
		await expect(load(manifest, { ...instance, rows: [['i-1']] })).rejects.toThrow(/damaged/);
	});

	test('without a manifest it is none', async () => {
		await expect(load()).rejects.toThrow(/damaged/);
		await expect(load(credentials, manifest)).rejects.toThrow(/damaged/);
	});
});
