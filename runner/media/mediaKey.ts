import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderUnusableError } from '../ownership/DataFolderUnusableError';
import { hasCode } from '../ownership/hasCode';
import { writePrivateFile } from '../ownership/writePrivateFile';

const FILE = 'media-key';

/**
 * The secret that signs links to media, made once and kept in the data folder (mode 0600).
 * @throws DataFolderUnusableError when it cannot be read or written, or is not a key.
 */
export function createMediaKey(dataDir: string): Buffer {
	const path = join(dataDir, FILE);
	try {
		const existing = readKey(path);
		if (existing) return existing;
		const key = randomBytes(32);
		if (writePrivateFile(path, `${key.toString('hex')}\n`, { keepExisting: true })) return key;
	} catch (error) {
		throw new DataFolderUnusableError(dataDir, error);
	}
	// Somebody else was quicker: theirs counts.
	return createMediaKey(dataDir);
}

function readKey(path: string): Buffer | undefined {
	let text: string;
	try {
		text = readFileSync(path, 'utf8').trim();
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
	if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
	throw new Error(`${path} is damaged: delete it to get a new one; old links to media end then`);
}
