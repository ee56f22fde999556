import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

/** A Node to start processes with. `version` is such as `20.20.2`. */
export interface NodeProgram {
	path: string;
	version: string;
}

/**
 * The Node that the machine itself has: the first on the PATH that did not come with a package. Npm's
 * scripts put those before it, and on a machine without its own there may be none: then this one's.
 */
export function findMachineNode(): NodeProgram {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const path =
		folders
			.filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'))
			.map((folder) => join(folder, 'node'))
			.find(isExecutable) ?? process.execPath;
	return { path, version: execFileSync(path, ['-p', 'process.versions.node']).toString().trim() };
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
