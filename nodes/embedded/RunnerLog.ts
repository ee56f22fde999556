import {
	closeSync,
	copyFileSync,
	mkdirSync,
	openSync,
	readSync,
	fstatSync,
	statSync,
	truncateSync,
} from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 4096;
const TAIL_LINES = 8;

/**
 * Where the embedded runner's output goes: a file in its data folder. A pipe into n8n would fill up
 * and stop the runner whenever n8n's event loop is busy.
 */
export class RunnerLog {
	readonly path: string;

	constructor(private readonly dataDir: string) {
		this.path = join(dataDir, 'runner.log');
	}

	/** Opens the file for appending, mode 0600; whoever opens it closes it. */
	open(): number {
		mkdirSync(this.dataDir, { recursive: true, mode: 0o700 });
		this.trim();
		return openSync(this.path, 'a', 0o600);
	}

	size(): number {
		return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
	}

	/** Keeps the file under 10 MB and one older part beside it. Safe while the runner appends. */
	trim(): void {
		if (this.size() < MAX_BYTES) return;
		copyFileSync(this.path, `${this.path}.1`);
		truncateSync(this.path);
	}

	/** The last few lines written behind a position, for an error message; empty when unreadable. */
	readTail(fromByte: number): string {
		try {
			return this.readLines(fromByte).slice(-TAIL_LINES).join('\n');
		} catch {
			return '';
		}
	}

	private readLines(fromByte: number): string[] {
		const file = openSync(this.path, 'r');
		try {
			const { size } = fstatSync(file);
			const from = Math.max(Math.min(fromByte, size), size - TAIL_BYTES);
			const bytes = Buffer.alloc(size - from);
			readSync(file, bytes, 0, bytes.length, from);
			return bytes.toString('utf8').trim().split('\n');
		} finally {
			closeSync(file);
		}
	}
}
