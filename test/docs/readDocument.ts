import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(__dirname, '..', '..');

/** The text of a file of the repository. */
export function readDocument(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}
