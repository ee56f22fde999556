import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

const BYTES_PER_MB = 1_000_000;

/** What an installation has brought along. `packages` are their folders, `mb` is what all files hold. */
export interface Installed {
	packages: string[];
	mb: number;
}

/** Looks through the folder of an installed package. */
export function measureInstall(folder: string): Installed {
	const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const bytes = entries
		.map((entry) => lstatSync(path.join(folder, entry)))
		.reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
	const packages = entries
		.filter((entry) =>
			/(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(toSlashes(entry)),
		)
		.map((entry) => path.dirname(entry));
	return { packages, mb: Math.round(bytes / BYTES_PER_MB) };
}

const toSlashes = (file: string) => file.split(path.sep).join('/');
