import { chmodSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../contract';

/** What is secret in a data folder; the database sees to its own files. */
const SECRETS = [RUNNER_FILES.adminKey, 'encryption-key', 'media-key', 'media'];

const OTHERS = 0o077;

/** Takes other people's access to the secrets of a data folder away, such as a restored copy brings. */
export function restrictFiles(dataDir: string): void {
	for (const name of SECRETS) {
		const path = join(dataDir, name);
		if (isOpenToOthers(path)) chmodSync(path, 0o700 & statSync(path).mode);
	}
}

/** Whether somebody else on this machine may do something with it. Windows has no such bits. */
export function isOpenToOthers(path: string): boolean {
	const found = statSync(path, { throwIfNoEntry: false });
	return platform() !== 'win32' && found !== undefined && (found.mode & OTHERS) !== 0;
}
