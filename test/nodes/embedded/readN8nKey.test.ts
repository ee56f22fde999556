import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readN8nKey } from '../../../nodes/embedded/readN8nKey';

describe('readN8nKey', () => {
	let folder: string;
	let env: NodeJS.ProcessEnv;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'n8n-user-'));
		mkdirSync(join(folder, '.n8n'));
		env = { N8N_USER_FOLDER: folder };
	});
	afterEach(() => rmSync(folder, { recursive: true }));
	const writeSettings = (text: string) => writeFileSync(join(folder, '.n8n', 'config'), text);

	it('finds the key in the settings file of the user folder', () => {
		writeSettings('{"encryptionKey":"of the file","tunnelSubdomain":"x"}');
		expect(readN8nKey(env)).toBe('of the file');
	});

	it('finds it in the environment, as n8n reads it', () => {
		expect(readN8nKey({ ...env, N8N_ENCRYPTION_KEY: ' "quoted" ' })).toBe('quoted');
		const path = join(folder, 'secret');
		writeFileSync(path, 'of a mounted file\n');
		expect(readN8nKey({ ...env, N8N_ENCRYPTION_KEY_FILE: path })).toBe('of a mounted file');
	});

	it('gives main and workers the same key, whichever way each of them has it', () => {
		writeSettings('{"encryptionKey":"one key"}');
		const main = readN8nKey(env);
		rmSync(join(folder, '.n8n', 'config'));
		expect(readN8nKey({ ...env, N8N_ENCRYPTION_KEY: 'one key' })).toBe(main);
	});

	it.each(['', 'not json', 'null', '{}', '{"encryptionKey":7}', '{"encryptionKey":""}'])(
		'knows none when the settings file holds %j',
		(text) => {
			writeSettings(text);
			expect(readN8nKey(env)).toBeUndefined();
			expect(readN8nKey({ ...env, N8N_ENCRYPTION_KEY_FILE: '/not/there' })).toBeUndefined();
		},
	);
});
