import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../../runner/storage/Database';
import { EncryptionKeyError } from '../../../../runner/storage/encryption/EncryptionKeyError';
import {
	MasterKeys,
	type MasterKeyOptions,
} from '../../../../runner/storage/encryption/MasterKeys';
import { open, seal } from '../../../../runner/storage/encryption/sealedColumns';

const FIRST = 'first key '.repeat(5);
const SECOND = 'second key '.repeat(5);

describe('the master key', () => {
	let dataDir: string;
	let file: string;
	let keyFile: string;
	let database: Database | undefined;
	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'aww-master-'));
		file = join(dataDir, 'runner.db');
		keyFile = join(dataDir, 'encryption-key');
	});
	afterEach(async () => {
		await database?.close();
		rmSync(dataDir, { recursive: true });
	});

	const start = (options: Omit<MasterKeyOptions, 'dataDir'> = {}) =>
		(database = Database.open(file, new MasterKeys({ dataDir, ...options })));
	const stop = async () => {
		await database?.close();
		database = undefined;
	};
	const fill = () =>
		database!.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES ('a', 'a', 'h', ${seal('instances.webhook_secret', '?', `'a'`)}, 0, 'unlinked', 0)`,
				params: ['the secret'],
			},
		]);
	const secret = () =>
		database!.get<{ webhook_secret: string }>(
			`SELECT ${open('instances.webhook_secret')} FROM instances`,
		)?.webhook_secret;
	const tryStart = (options: Omit<MasterKeyOptions, 'dataDir'> = {}): unknown => {
		try {
			start(options);
		} catch (error) {
			return error;
		}
		throw new Error('it started');
	};

	test('is made once in the data folder, for its owner alone, where none is given', async () => {
		start();
		await fill();
		const key = readFileSync(keyFile, 'utf8');
		expect(key).toMatch(/^[0-9a-f]{64}\n$/);
		expect(statSync(keyFile).mode & 0o777).toBe(0o600);
		await stop();
		start();
		expect(secret()).toBe('the secret');
		expect(readFileSync(keyFile, 'utf8')).toBe(key);
	});

	test('that is given leaves nothing of its kind in the data folder', async () => {
		start({ key: FIRST });
		await fill();
		await stop();
		expect(existsSync(keyFile)).toBe(false);
		expect(readFileSync(file).includes('first key')).toBe(false);
	});

	test('is read from the file that is named for it', async () => {
		const given = join(dataDir, 'mounted-secret');
		writeFileSync(given, `${FIRST}\n`);
		start({ keyFile: given });
		await fill();
		await stop();
		start({ key: FIRST.trim() });
		expect(secret()).toBe('the secret');
	});

	test('in a file that others may read is used, and the log says so', async () => {
		const given = join(dataDir, 'mounted-secret');
		const notices: string[] = [];
		const notify = (notice: string) => void notices.push(notice);
		writeFileSync(given, FIRST, { mode: 0o600 });
		start({ keyFile: given, notify });
		await stop();
		expect(notices).toEqual([]);
		chmodSync(given, 0o644);
		start({ keyFile: given, notify });
		expect(notices).toEqual([expect.stringMatching(/may read.*mounted-secret.*chmod 600/)]);
	});

	test.each([
		['another one is given', { key: SECOND }],
		['it is not there', {}],
		['the previous one given is wrong as well', { key: SECOND, previousKeys: ['x'.repeat(40)] }],
	])('is missed at once and nothing is changed when %s', async (_, options) => {
		start({ key: FIRST });
		await fill();
		await stop();
		const before = readFileSync(file);
		const error = tryStart(options);
		expect(error).toBeInstanceOf(EncryptionKeyError);
		expect((error as Error).message).toMatch(/AWW_ENCRYPTION_KEY.*AWW_PREVIOUS_ENCRYPTION_KEY/s);
		expect((error as Error).message).not.toMatch(/first key|second key/);
		expect(readFileSync(file).equals(before)).toBe(true);
		expect(existsSync(keyFile)).toBe(false);
		start({ key: FIRST });
		expect(secret()).toBe('the secret');
	});

	test('can be changed: the new one opens everything, the old one nothing any more', async () => {
		start({ key: FIRST });
		await fill();
		await stop();
		start({ key: SECOND, previousKeys: [FIRST] });
		expect(secret()).toBe('the secret');
		expect(database!.keyIds).toEqual({ active: 2, retired: [1] });
		await stop();
		expect(tryStart({ key: FIRST })).toBeInstanceOf(EncryptionKeyError);
		start({ key: SECOND });
		expect(secret()).toBe('the secret');
	});

	test('of the data folder gives way to one that is given when it is named as the previous one, and comes back likewise', async () => {
		const notices: string[] = [];
		const notify = (notice: string) => void notices.push(notice);
		start({ notify });
		await fill();
		await stop();
		const own = readFileSync(keyFile, 'utf8').trim();
		expect(notices).toEqual([]);
		start({ key: FIRST, previousKeys: [own], notify });
		expect(secret()).toBe('the secret');
		await stop();
		expect(notices).toEqual([expect.stringMatching(/master key was changed.*AWW_ENCRYPTION_KEY/)]);
		expect(notices.join()).not.toMatch(new RegExp(`${own}|first key`));
		expect(tryStart()).toBeInstanceOf(EncryptionKeyError);
		start({ previousKeys: [FIRST], notify });
		expect(secret()).toBe('the secret');
		expect(notices).toHaveLength(2);
		await stop();
		start({ previousKeys: [FIRST], notify });
		expect(notices).toHaveLength(2);
	});

	test.each([
		['AWW_ENCRYPTION_KEY', () => ({ key: FIRST })],
		['AWW_ENCRYPTION_KEY_FILE', () => ({ keyFile: join(dataDir, 'mounted-secret') })],
		['AWW_ENCRYPTION_KEY', () => ({ key: FIRST, previousKeys: [SECOND] })],
	])(
		'of the data folder is not replaced by what may be mistyped in %s: the start says how to go on',
		async (name, toOptions) => {
			start();
			await fill();
			await stop();
			writeFileSync(join(dataDir, 'mounted-secret'), FIRST, { mode: 0o600 });
			const before = readFileSync(file);
			const error = tryStart(toOptions());
			expect(error).toBeInstanceOf(EncryptionKeyError);
			expect((error as Error).message).toMatch(
				new RegExp(`encryption-key, and ${name}.*unset that.*AWW_PREVIOUS_ENCRYPTION_KEY`),
			);
			expect(readFileSync(file).equals(before)).toBe(true);
			start();
			expect(secret()).toBe('the secret');
		},
	);

	test('of a folder that was used alone stays when n8n takes it over, and when it leaves it again', async () => {
		start();
		await fill();
		await stop();
		const before = readFileSync(file);
		const notices: string[] = [];
		start({ embeddedKey: FIRST, notify: (notice) => void notices.push(notice) });
		expect(secret()).toBe('the secret');
		await stop();
		expect(notices).toEqual([expect.stringMatching(/goes on with the encryption key of its own/)]);
		expect(readFileSync(file).equals(before)).toBe(true);
		start();
		expect(secret()).toBe('the secret');
		await stop();
		const own = readFileSync(keyFile, 'utf8').trim();
		start({ embeddedKey: FIRST, previousKeys: [own] });
		expect(secret()).toBe('the secret');
		await stop();
		start({ embeddedKey: FIRST });
		expect(secret()).toBe('the secret');
	});

	test('of n8n seals a new folder, and leaves no key in it', async () => {
		start({ embeddedKey: FIRST });
		await fill();
		await stop();
		expect(existsSync(keyFile)).toBe(false);
		start({ embeddedKey: SECOND, previousKeys: [FIRST] });
		expect(secret()).toBe('the secret');
		await stop();
		expect(tryStart({ embeddedKey: FIRST })).toBeInstanceOf(EncryptionKeyError);
	});

	test('is not changed by a command: it opens with the previous one, too', async () => {
		start({ key: FIRST });
		await fill();
		await stop();
		start({ key: SECOND, previousKeys: [FIRST], isFixed: true });
		expect(secret()).toBe('the secret');
		await stop();
		start({ key: FIRST });
		expect(secret()).toBe('the secret');
	});

	test('wraps data keys of which nothing stays in the file once it was changed', async () => {
		start({ key: FIRST });
		await stop();
		const raw = new DatabaseSync(file);
		const { wrapped } = raw.prepare('SELECT wrapped FROM encryption_keys').get() as {
			wrapped: Uint8Array;
		};
		raw.close();
		start({ key: SECOND, previousKeys: [FIRST] });
		for (const name of [file, `${file}-wal`].filter(existsSync)) {
			expect(readFileSync(name).includes(Buffer.from(wrapped))).toBe(false);
		}
	});

	test('that is damaged in the data folder is never written over', async () => {
		start();
		await stop();
		writeFileSync(keyFile, 'short\n');
		expect(tryStart()).toMatchObject({ message: expect.stringMatching(/is damaged: restore it/) });
		expect(readFileSync(keyFile, 'utf8')).toBe('short\n');
	});

	test('in a file that cannot be read is an error with a remedy', () => {
		expect(tryStart({ keyFile: join(dataDir, 'none') })).toMatchObject({
			name: 'EncryptionKeyError',
			message: expect.stringMatching(/cannot be read.*AWW_ENCRYPTION_KEY_FILE/s),
		});
		expect(existsSync(keyFile)).toBe(false);
	});

	test('cannot be asked of a database of the days before encryption: it is refused and left alone', async () => {
		start();
		await fill();
		await stop();
		const raw = new DatabaseSync(file);
		raw.exec('DROP TABLE encryption_keys');
		raw.close();
		expect(tryStart()).toMatchObject({
			message: expect.stringMatching(/did not encrypt.*start anew/s),
		});
	});
});
