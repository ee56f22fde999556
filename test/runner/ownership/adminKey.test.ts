import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../../contract';
import { createAdminKey, DataFolderUnusableError, readAdminKey } from '../../../runner/ownership';
import { writePrivateFile } from '../../../runner/ownership/writePrivateFile';

describe('createAdminKey', () => {
	let dataDir: string;
	let path: string;
	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'admin-key-'));
		path = join(dataDir, RUNNER_FILES.adminKey);
	});
	afterEach(() => rmSync(dataDir, { recursive: true }));

	it('makes a long random key that its owner alone can read', () => {
		const key = createAdminKey(dataDir);
		expect(key).toMatch(/^[\w-]{43}$/);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readdirSync(dataDir)).toEqual([RUNNER_FILES.adminKey]);
		expect(readAdminKey(dataDir)).toBe(key);
	});

	it('keeps the key that is there', () => {
		const key = createAdminKey(dataDir);
		expect(createAdminKey(dataDir)).toBe(key);
	});

	it('never writes over a key that somebody made at the same moment', () => {
		expect(writePrivateFile(path, 'theirs\n', { keepExisting: true })).toBe(true);
		expect(writePrivateFile(path, 'ours\n', { keepExisting: true })).toBe(false);
		expect(readAdminKey(dataDir)).toBe('theirs');
	});

	it('says that there is none yet without making one', () => {
		expect(readAdminKey(dataDir)).toBeUndefined();
		expect(readdirSync(dataDir)).toEqual([]);
	});

	it('refuses an empty key file instead of opening the door or replacing it', () => {
		writeFileSync(path, '\n');
		expect(() => createAdminKey(dataDir)).toThrow(DataFolderUnusableError);
		expect(() => createAdminKey(dataDir)).toThrow(/empty: restore it, or delete it/);
	});

	it('says so when the key cannot be read', () => {
		mkdirSync(path);
		expect(() => readAdminKey(dataDir)).toThrow(DataFolderUnusableError);
	});
});
