import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toCodeIdentity } from '../../contract';

/** The package that this code belongs to, and the runner that it would start. */
export interface OwnBuild {
	version: string;
	/** Which copy of the runner's program stands on the disk just now; undefined when there is none. */
	code(): string | undefined;
}

/** Reads the version at once: an update that this code outlives puts another package.json in its place. */
export function readOwnBuild(mainFile: string): OwnBuild {
	return {
		version: readVersion(dirname(mainFile)),
		code() {
			const found = statSync(mainFile, { bigint: true, throwIfNoEntry: false });
			return found && toCodeIdentity(found);
		},
	};
}

function readVersion(folder: string): string {
	const file = join(folder, 'package.json');
	if (existsSync(file)) {
		const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
		return version ?? '';
	}
	const parent = dirname(folder);
	return parent === folder ? '' : readVersion(parent);
}
