import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of this package: from the nearest package.json, for source and dist/ alike. */
export function readVersion(folder: string = __dirname): string {
	const file = join(folder, 'package.json');
	if (existsSync(file)) {
		const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
		return version ?? '0.0.0';
	}
	const parent = dirname(folder);
	return parent === folder ? '0.0.0' : readVersion(parent);
}
