import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEncryptionEnv } from '../../../nodes/embedded/toEncryptionEnv';
import { withEmbeddedKey } from '../../../runner/cli/withEmbeddedKey';
import { readConfig } from '../../../runner/config';

describe('withEmbeddedKey', () => {
	let userFolder: string;
	let dataDir: string;

	beforeEach(() => {
		userFolder = mkdtempSync(join(tmpdir(), 'aww-n8n-'));
		dataDir = join(userFolder, '.n8n', 'api-whatsapp-web');
		mkdirSync(dataDir, { recursive: true });
	});
	afterEach(() => rmSync(userFolder, { recursive: true }));

	const keyOf = (env: Record<string, string> = {}) =>
		withEmbeddedKey(readConfig({ AWW_DATA_DIR: dataDir, ...env }), env).embeddedKey;

	test('on n8n’s data folder it is the very key that n8n gives its runner', () => {
		writeFileSync(join(userFolder, '.n8n', 'config'), '{"encryptionKey":"n8n’s own"}');
		const given = toEncryptionEnv({ N8N_USER_FOLDER: userFolder }).AWW_EMBEDDED_KEY;
		expect(given).toMatch(/^[0-9a-f]{64}$/);
		expect(keyOf()).toBe(given);
	});

	test('without n8n’s settings it comes from the environment, as n8n has it', () => {
		const env = { N8N_ENCRYPTION_KEY: 'n8n’s own' };
		expect(keyOf(env)).toBeUndefined();
		writeFileSync(join(dataDir, 'runner.db'), '');
		expect(keyOf(env)).toBe(
			toEncryptionEnv({ N8N_USER_FOLDER: userFolder, ...env }).AWW_EMBEDDED_KEY,
		);
	});

	test('new data beside n8n’s settings gets it in n8n’s own folder alone', () => {
		writeFileSync(join(userFolder, '.n8n', 'config'), '{"encryptionKey":"n8n’s own"}');
		expect(keyOf({ AWW_DATA_DIR: join(userFolder, '.n8n', 'whatsapp') })).toBeUndefined();
		writeFileSync(join(dataDir, 'encryption-key'), 'y'.repeat(64));
		expect(keyOf()).toBeUndefined();
	});

	test('a key that was given counts, and on any other folder there is none', () => {
		const AWW_ENCRYPTION_KEY = 'x'.repeat(40);
		expect(keyOf({ AWW_ENCRYPTION_KEY, N8N_ENCRYPTION_KEY: 'n8n’s own' })).toBeUndefined();
		expect(keyOf()).toBeUndefined();
		writeFileSync(join(userFolder, '.n8n', 'config'), 'host = example.com');
		expect(keyOf()).toBeUndefined();
	});
});
