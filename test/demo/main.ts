import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Narrator } from './Narrator';
import type * as Demo from './playDemo';

const WATCHDOG_MS = 55_000;

/** `npm run demo`: the way of a message out and back, with no phone and no internet. Exit code 1 if it fails. */
async function main(): Promise<void> {
	const narrator = new Narrator({
		write: (text) => process.stdout.write(text),
		isColoured: process.stdout.isTTY && !process.env.NO_COLOR,
	});
	narrator.title(
		'API WhatsApp Web: a message goes out, and its answer comes back',
		'No phone, no internet: WhatsApp is simulated, everything else is the real thing.',
	);
	const giveUp = new AbortController();
	setTimeout(() => {
		giveUp.abort(new Error(`it was not over after ${WATCHDOG_MS / 1000} s`));
	}, WATCHDOG_MS).unref();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => giveUp.abort(new Error('it was interrupted')));
	}

	// Libraries make temporary folders of their own: all of them go into one, which is removed.
	const folder = mkdtempSync(join(tmpdir(), 'api-whatsapp-web-demo-'));
	process.env.TMPDIR = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

	// n8n's engine takes seconds to load: not before the reader has something to read.
	const { playDemo } = (await import(join(__dirname, 'playDemo.ts'))) as typeof Demo;
	const isPlayed = await playDemo(narrator, giveUp.signal);
	// Libraries may still hold timers; there is nothing left to wait for.
	process.exit(isPlayed ? 0 : 1);
}

void main();
