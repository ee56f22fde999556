import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './runCommand';

/** The n8n that the package is tested in. */
export const n8nVersion = '2.40.7';

const root = path.resolve(__dirname, '../..');

/**
 * Installs n8n into `.cache/` unless it stands there already, and resolves to the path of its program.
 *
 * Without install scripts, because some of n8n's optional drivers would want a native build; of those
 * that do need one, only sqlite3 is used here: fetched prebuilt where possible, else compiled.
 */
export async function installN8n(log: (line: string) => void): Promise<string> {
	const folder = path.join(root, '.cache', `n8n-${n8nVersion}`);
	const program = path.join(folder, 'node_modules/n8n/bin/n8n');
	const marker = path.join(folder, 'complete');
	if (existsSync(marker)) return program;

	log(`Installing n8n ${n8nVersion} into ${path.relative(root, folder)} (once, several minutes)`);
	await mkdir(folder, { recursive: true });
	const manifest = { name: 'n8n-under-test', private: true, dependencies: { n8n: n8nVersion } };
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await runCommand('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: folder,
	});
	log('Building its sqlite3');
	await runCommand('npm', ['rebuild', 'sqlite3'], { cwd: folder, env: createBuildEnv() });
	await writeFile(marker, new Date().toISOString());
	return program;
}

/** All cores, and Node's headers from the disk if they are there (node-gyp downloads them else). */
function createBuildEnv(): Record<string, string> {
	const bundled = `node_modules/node/node_modules/node-${process.platform}-${process.arch}`;
	const nodeDir = [path.resolve(process.execPath, '../..'), path.join(root, bundled)].find(
		(folder) => existsSync(path.join(folder, 'include/node/node_api.h')),
	);
	return { JOBS: 'max', ...(nodeDir ? { npm_config_nodedir: nodeDir } : {}) };
}
