import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one test's own. */
export async function createFolder() {
	const path = await mkdtemp(join(tmpdir(), 'voice-'));
	return {
		at: (name: string) => join(path, name),
		list: async () => (await readdir(path)).sort(),
		remove: () => rm(path, { recursive: true, force: true }),
	};
}
