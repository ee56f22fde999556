import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS } from './documents';
import { fillTables } from './fillTables';

/** `npm run docs`: writes the generated parts of the documentation anew. */
for (const { file, language } of DOCUMENTS) {
	const path = join(__dirname, '..', file);
	const before = readFileSync(path, 'utf8');
	const after = fillTables(before, language);
	if (after !== before) writeFileSync(path, after);
	console.log(`${after === before ? 'unchanged' : 'written  '}  ${file}`);
}
