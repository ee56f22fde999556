import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerEndpoint } from '../../nodes/embedded/findOrStartRunner';

const root = join(__dirname, '..', '..');

/** Puts the built package into a folder as this version, as n8n does: what was there goes first. */
export function installVersion(folder: string, version: string): void {
	mkdirSync(folder, { recursive: true });
	cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
}

/** The first half of n8n's update: the package's folder goes away under another name. */
export function moveAway(folder: string): string {
	const backup = `${folder}.backup`;
	renameSync(folder, backup);
	return backup;
}

/** The second half: n8n deletes what it has kept for the case that the update fails. */
export function discard(backup: string): void {
	rmSync(backup, { recursive: true });
}

/**
 * What n8n's process does with the package: loads the nodes, and loads them again after an update,
 * having forgotten their modules (`unloadAll` of n8n-core's directory loader).
 */
const script = `
	setInterval(() => undefined, 60_000);
	process.on('message', ({ load, unload }) => {
		for (const file of Object.keys(require.cache)) {
			if (unload && file.startsWith(unload)) delete require.cache[file];
		}
		const { findOrStartRunner } = require(load + '/dist/nodes/embedded/findOrStartRunner.js');
		if (unload) return;
		findOrStartRunner().then(
			(endpoint) => process.send(endpoint),
			(error) => process.send({ error: error.message }),
		);
	});
`;

/** A process that has the package loaded, as n8n's are. */
export class PackageInN8n {
	private readonly child: ChildProcess;

	constructor(env: Record<string, string>) {
		this.child = spawn(process.execPath, ['-e', script], {
			env: { PATH: process.env.PATH, ...env },
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
	}

	/** What a node does first. */
	async find(folder: string): Promise<RunnerEndpoint> {
		this.child.send({ load: folder });
		const [found] = (await once(this.child, 'message')) as [RunnerEndpoint & { error?: string }];
		if (found.error) throw new Error(found.error);
		return found;
	}

	/** What n8n does at the end of an update: no node is asked to do anything. */
	reload(folder: string): void {
		this.child.send({ load: folder, unload: folder });
	}

	kill(): void {
		this.child.kill('SIGKILL');
	}
}
