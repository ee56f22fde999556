import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../ownership/hasCode';
import { toSealedBytes } from './sealed/chunks';

const PRIVATE_FOLDER = { recursive: true, mode: 0o700 } as const;

const SHA256 = /^[0-9a-f]{64}$/;

/** A file that is being written; `discard` removes it unless it has been moved into its place. */
export interface TemporaryFile {
	path: string;
	discard(): Promise<void>;
}

/**
 * The files of the media store, sealed: `<2 hex>/<SHA-256 of the plain file>`, and `incoming/` for those
 * being written.
 */
export class MediaFolder {
	private readonly incoming: string;

	constructor(private readonly root: string) {
		this.incoming = join(root, 'incoming');
	}

	/** Makes the folders; what a crash left in `incoming/` is removed. */
	async open(): Promise<void> {
		await rm(this.incoming, { recursive: true, force: true });
		await mkdir(this.root, PRIVATE_FOLDER);
		await mkdir(this.incoming, PRIVATE_FOLDER);
	}

	async createTemporary(): Promise<TemporaryFile> {
		const path = join(this.incoming, randomUUID());
		const file = await open(path, 'wx', 0o600);
		await file.close();
		return { path, discard: () => this.discard(path) };
	}

	/** Nothing happens when it is gone already. */
	async discard(temporaryPath: string): Promise<void> {
		await rm(temporaryPath, { force: true });
	}

	/** Throws for anything but 64 hex digits: a path is never made of somebody's text. */
	pathOf(sha256: string): string {
		if (!SHA256.test(sha256)) throw new TypeError('Not a SHA-256 in hex.');
		return join(this.root, sha256.slice(0, 2), sha256);
	}

	/** Whether it is there, with the size that a plain file of `sizeBytes` has when it is sealed. */
	has(sha256: string, sizeBytes: number): boolean {
		if (!SHA256.test(sha256)) return false;
		const found = statSync(this.pathOf(sha256), { throwIfNoEntry: false });
		return found?.size === toSealedBytes(sizeBytes);
	}

	/** Durable once resolved: the file, and its entry in the folder. What was there is replaced. */
	async moveIn(temporaryPath: string, sha256: string): Promise<string> {
		const path = this.pathOf(sha256);
		await mkdir(dirname(path), PRIVATE_FOLDER);
		await syncFile(temporaryPath);
		await rename(temporaryPath, path);
		await syncFolder(dirname(path));
		return path;
	}

	async remove(sha256: string): Promise<void> {
		await rm(this.pathOf(sha256), { force: true });
	}

	/** The hashes of all files that are there. */
	async list(): Promise<string[]> {
		const names = await readdir(this.root, { recursive: true });
		return names.map((name) => name.slice(3)).filter((name) => SHA256.test(name));
	}
}

async function syncFile(path: string): Promise<void> {
	const file = await open(path, 'r+');
	try {
		await file.chmod(0o600);
		await file.sync();
	} finally {
		await file.close();
	}
}

async function syncFolder(path: string): Promise<void> {
	try {
		const folder = await open(path, 'r');
		await folder.sync().finally(() => folder.close());
	} catch (error) {
		// Windows does not open folders; its file systems keep their entries by themselves.
		if (!hasCode(error, 'EISDIR') && !hasCode(error, 'EPERM')) throw error;
	}
}
