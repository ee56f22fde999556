import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seal } from '../../support/sealed';

/** A folder of one test's own, and files to be read that are not in it. */
export async function createFolder() {
	const root = await mkdtemp(join(tmpdir(), 'voice-'));
	const path = join(root, 'folder');
	await mkdir(path);
	return {
		at: (name: string) => join(path, name),
		list: async () => (await readdir(path)).sort(),
		/** A stored file. */
		seal: (bytes: Uint8Array) => seal(join(root, 'input'), bytes),
		remove: () => rm(root, { recursive: true, force: true }),
	};
}
