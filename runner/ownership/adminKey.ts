import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../contract';
import { DataFolderUnusableError } from './DataFolderUnusableError';
import { hasCode } from './hasCode';
import { writePrivateFile } from './writePrivateFile';

/**
 * The admin key kept in a data folder; undefined when there is none yet.
 * @throws DataFolderUnusableError when it is there but unreadable or empty: a new key is never
 * written over one that n8n or a person may be using.
 */
export function readAdminKey(dataDir: string): string | undefined {
	const path = join(dataDir, RUNNER_FILES.adminKey);
	let key: string;
	try {
		key = readFileSync(path, 'utf8').trim();
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw new DataFolderUnusableError(dataDir, error);
	}
	if (key === '') {
		throw new DataFolderUnusableError(
			dataDir,
			new Error(`${path} is empty: restore it, or delete it to get a new admin key`),
		);
	}
	return key;
}

/** The admin key of a data folder, made (32 random bytes, base64url) when there is none yet. */
export function createAdminKey(dataDir: string): string {
	const existing = readAdminKey(dataDir);
	if (existing !== undefined) return existing;
	const key = randomBytes(32).toString('base64url');
	const path = join(dataDir, RUNNER_FILES.adminKey);
	try {
		if (writePrivateFile(path, `${key}\n`, { keepExisting: true })) return key;
	} catch (error) {
		throw new DataFolderUnusableError(dataDir, error);
	}
	// Somebody else was quicker: theirs counts.
	return createAdminKey(dataDir);
}
