import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './hasCode';
import { syncFolder } from './syncFolder';

/**
 * Writes a file that only its owner may read (mode 0600), so that readers see all of it or nothing, also
 * after a power cut.
 * With `keepExisting` a file that is there stays as it is and the answer is false.
 */
export function writePrivateFile(
	path: string,
	text: string,
	{ keepExisting = false }: { keepExisting?: boolean } = {},
): boolean {
	const draft = `${path}.${randomUUID()}.tmp`;
	try {
		writeDurably(draft, text);
		if (keepExisting) linkSync(draft, path);
		else renameSync(draft, path);
		syncFolder(dirname(path));
		return true;
	} catch (error) {
		if (keepExisting && hasCode(error, 'EEXIST')) return false;
		throw error;
	} finally {
		rmSync(draft, { force: true });
	}
}

function writeDurably(path: string, text: string): void {
	const file = openSync(path, 'wx', 0o600);
	try {
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
