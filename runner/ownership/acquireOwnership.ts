import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RUNNER_FILES } from '../../contract';
import { DataFolderOwnedError } from './DataFolderOwnedError';
import { DataFolderUnusableError } from './DataFolderUnusableError';
import { readPublishedEndpoint, withdrawEndpoint } from './publishEndpoint';

/** Proof that this process alone owns a data folder, until it is released or the process ends. */
export interface Ownership {
	readonly dataDir: string;
	/** Withdraws the published endpoint and gives the folder back. May be called again. */
	release(): void;
}

/** A probe of another process may hold the lock for a moment; an owner holds it for its life. */
const PROBE_TIMEOUT_MS = 1_000;

const SQLITE_BUSY = 5;

/**
 * Makes this process the owner of a data folder, which is made (mode 0700) when it is missing.
 *
 * The lock is one the operating system keeps on an open file, so it ends with its process however
 * that dies: there is no stale lock. Do not open the lock file in any other way in the owner's
 * process: closing such a handle would drop the lock (POSIX), SQLite knows how to avoid that.
 *
 * @throws DataFolderOwnedError when another process (or another part of this one) owns it.
 * @throws DataFolderUnusableError when the folder cannot be made, read or written.
 */
export function acquireOwnership(dataDir: string): Ownership {
	makeFolder(dataDir);
	const lock = takeLock(dataDir);
	// Whatever stands there was left by an owner that died.
	withdrawEndpoint(dataDir);
	return {
		dataDir,
		release() {
			if (!lock.isOpen) return;
			withdrawEndpoint(dataDir);
			lock.close();
		},
	};
}

function makeFolder(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		chmodSync(dataDir, 0o700);
	} catch (error) {
		throw new DataFolderUnusableError(dataDir, error);
	}
}

function takeLock(dataDir: string): DatabaseSync {
	let lock: DatabaseSync | undefined;
	try {
		lock = new DatabaseSync(join(dataDir, RUNNER_FILES.lock), { timeout: PROBE_TIMEOUT_MS });
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		if (lock?.isOpen) lock.close();
		if (isBusy(error)) throw new DataFolderOwnedError(dataDir, readPublishedEndpoint(dataDir));
		throw new DataFolderUnusableError(dataDir, error);
	}
}

function isBusy(error: unknown): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		'errcode' in error &&
		error.errcode === SQLITE_BUSY
	);
}
