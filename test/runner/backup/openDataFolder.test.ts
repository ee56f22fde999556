import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEmbeddedKey } from '../../../contract';
import { openDataFolder } from '../../../runner/backup';
import { withEmbeddedKey } from '../../../runner/cli/withEmbeddedKey';
import { readConfig } from '../../../runner/config';
import { Database } from '../../../runner/storage/Database';
import { EncryptionKeyError } from '../../../runner/storage/encryption/EncryptionKeyError';
import { MasterKeys, type MasterKeyOptions } from '../../../runner/storage/encryption/MasterKeys';

const N8N_KEY = 'n8n’s own';
const GIVEN = 'given key '.repeat(5).replaceAll(' ', '-');
const MISTYPED = `${GIVEN}x`;

describe('what a command does with the master key', () => {
	let n8nFolder: string;
	let dataDir: string;

	beforeEach(() => {
		n8nFolder = mkdtempSync(join(tmpdir(), 'aww-n8n-'));
		writeFileSync(join(n8nFolder, 'config'), JSON.stringify({ encryptionKey: N8N_KEY }));
		dataDir = join(n8nFolder, 'whatsapp');
		mkdirSync(dataDir);
	});
	afterEach(() => rmSync(n8nFolder, { recursive: true }));

	/** As a runner starts with these keys. */
	const start = async (options: Omit<MasterKeyOptions, 'dataDir'> = {}) => {
		const masters = new MasterKeys({ dataDir, ...options });
		const database = Database.open(join(dataDir, 'runner.db'), masters);
		const keys = database.all('SELECT * FROM encryption_keys');
		await database.close();
		return keys;
	};

	/** As `export` and `import` open the folder. */
	const command = async (env: Record<string, string> = {}, mustExist = true) => {
		const config = withEmbeddedKey(readConfig({ AWW_DATA_DIR: dataDir, ...env }), env);
		await (await openDataFolder(config, { mustExist })).close();
	};

	test('a folder with a key of its own, beside n8n’s settings, keeps it: its runner starts as before', async () => {
		const before = await start();
		await command();
		await command({ N8N_ENCRYPTION_KEY: 'another' });
		expect(await start()).toEqual(before);
	});

	test('an embedded runner’s folder keeps n8n’s, also when a key of its own from earlier days lies in it', async () => {
		const embeddedKey = toEmbeddedKey(N8N_KEY);
		const before = await start({ embeddedKey });
		writeFileSync(join(dataDir, 'encryption-key'), 'y'.repeat(64), { mode: 0o600 });
		await command();
		expect(await start({ embeddedKey })).toEqual(before);
	});

	test('a mistyped key is refused and changes nothing', async () => {
		const before = await start();
		await expect(command({ AWW_ENCRYPTION_KEY: MISTYPED })).rejects.toThrow(EncryptionKeyError);
		expect(await start()).toEqual(before);
	});

	test('with a new and a previous key it opens the folder and leaves the change to the start', async () => {
		const before = await start({ key: GIVEN });
		await command({ AWW_ENCRYPTION_KEY: MISTYPED, AWW_PREVIOUS_ENCRYPTION_KEY: GIVEN });
		expect(await start({ key: GIVEN })).toEqual(before);
	});

	test('what it fills anew both a runner alone and n8n’s can open', async () => {
		await command({ N8N_ENCRYPTION_KEY: N8N_KEY }, false);
		const keys = await start();
		expect(await start({ embeddedKey: toEmbeddedKey(N8N_KEY) })).toEqual(keys);
	});
});
