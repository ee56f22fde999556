/**
 * Loads every compiled file below the folders that are given, each as Node itself would, and prints those
 * that cannot be as JSON: `{ count, failed: { <file>: <why> } }`. Plain JavaScript, as it runs on the
 * machine's own Node as well.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What runs when it is loaded: programs are started instead. */
const PROGRAMS = /[/\\](main\.js|writerThread\.mjs)$/;

const files = process.argv.slice(2).flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.[cm]?js$/.test(file) && !/(^|[/\\])panel[/\\]/.test(file))
		.map((file) => join(folder, file))
		.filter((file) => !PROGRAMS.test(file)),
);
const failed = {};
for (const file of files) {
	try {
		await import(pathToFileURL(file).href);
	} catch (error) {
		failed[file] = String(error);
	}
}
process.stdout.write(JSON.stringify({ count: files.length, failed }), () => process.exit(0));
