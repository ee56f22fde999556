import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const WRITES = 30;
const PAGE = Buffer.alloc(4096, 1);

/** How long the disk takes to keep a page for good, milliseconds: what a durable answer cannot undercut. */
export async function measureDisk(): Promise<number[]> {
	const folder = mkdtempSync(join(tmpdir(), 'aww-bench-disk-'));
	const file = openSync(join(folder, 'page'), 'w');
	const tookMs: number[] = [];
	try {
		for (let count = 0; count < WRITES; count++) {
			const startedAt = performance.now();
			writeSync(file, PAGE);
			fdatasyncSync(file);
			tookMs.push(performance.now() - startedAt);
			await delay(5);
		}
	} finally {
		closeSync(file);
		rmSync(folder, { recursive: true });
	}
	return tookMs;
}
