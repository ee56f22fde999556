import { isBuiltin } from 'node:module';

// Imported first by the entry point: an older Node would fail on a later import, in words of its own.
if (!isBuiltin('node:sqlite')) {
	throw new Error('The session runner needs Node.js 22.16 or newer. Install it and start again.');
}
