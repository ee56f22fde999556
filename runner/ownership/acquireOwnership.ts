import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RUNNER_FILES } from '../../contract';
import { DataFolderOwnedError } from './DataFolderOwnedError';
import { DataFolderUnusableError } from './DataFolderUnusableError';
import { findNetworkFileSystem } from './findNetworkFileSystem';
import { NetworkFolderError } from './NetworkFolderError';
import { readPublishedEndpoint, withdrawEndpoint } from './publishEndpoint';
import { restrictFiles } from './restrictFiles';

/** Proof that this process alone owns a data folder, until it is released or the process ends. */
export interface Ownership {
	readonly dataDir: string;
	/**
	 * Looks whether the lock file is still the one that is held. Where somebody has deleted it, it is
	 * taken anew, and the answer is true. Throws DataFolderOwnedError when another process was quicker:
	 * this one owns nothing any more and must end at once, leaving the folder to the other.
	 */
	renew(): boolean;
	/** Withdraws the published endpoint and gives the folder back. May be called again. */
	release(): void;
}

/** A probe of another process may hold the lock for a moment; an owner holds it for its life. */
const PROBE_TIMEOUT_MS = 1_000;

/** A lock that nobody refers to would be closed by the garbage collector, and the folder be free. */
const held = new Set<readonly DatabaseSync[]>();

const SQLITE_BUSY = 5;

/**
 * Makes this process the owner of a data folder, which is made (mode 0700) when it is missing.
 *
 * The lock is one the operating system keeps on an open file, so it ends with its process however
 * that dies: there is no stale lock, whatever the files in the folder say of processes, hosts or
 * times. It holds between the containers of a machine as well, but not over a network. Do not open the
 * lock file in any other way in the owner's process: closing such a handle would drop the lock (POSIX),
 * SQLite knows how to avoid that. A lock file that is deleted takes the lock with it, though: see
 * `renew`, and `assertNotServed` for whoever comes then.
 *
 * @throws DataFolderOwnedError when another process (or another part of this one) owns it.
 * @throws DataFolderUnusableError when the folder cannot be made, read or written.
 * @throws NetworkFolderError when it lies on a network file system.
 */
export function acquireOwnership(
	dataDir: string,
	findNetwork: (folder: string) => string | undefined = findNetworkFileSystem,
): Ownership {
	makeFolder(dataDir);
	const network = findNetwork(dataDir);
	if (network !== undefined) throw new NetworkFolderError(dataDir, network);
	// Those of deleted files stay open: should one be of the same file after all, closing it would free it.
	const locks = [takeLock(dataDir)];
	let file = identify(dataDir);
	held.add(locks);
	// Whatever stands there was left by an owner that died.
	withdrawEndpoint(dataDir);
	return {
		dataDir,
		renew() {
			const found = identify(dataDir);
			if (!held.has(locks) || (found !== undefined && found === file)) return false;
			try {
				locks.push(takeLock(dataDir));
			} catch (error) {
				if (error instanceof DataFolderOwnedError) letGo(locks);
				throw error;
			}
			file = identify(dataDir);
			return true;
		},
		release() {
			if (!held.has(locks)) return;
			withdrawEndpoint(dataDir);
			letGo(locks);
		},
	};
}

function letGo(locks: readonly DatabaseSync[]): void {
	held.delete(locks);
	for (const lock of locks) lock.close();
}

function makeFolder(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		chmodSync(dataDir, 0o700);
		restrictFiles(dataDir);
	} catch (error) {
		throw new DataFolderUnusableError(dataDir, error);
	}
}

function takeLock(dataDir: string): DatabaseSync {
	let lock: DatabaseSync | undefined;
	try {
		const file = join(dataDir, RUNNER_FILES.lock);
		lock = new DatabaseSync(file, { timeout: PROBE_TIMEOUT_MS });
		// SQLite gives the journal beside it the same mode. By its path: see above.
		chmodSync(file, 0o600);
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		if (lock?.isOpen) lock.close();
		if (isBusy(error)) throw new DataFolderOwnedError(dataDir, readPublishedEndpoint(dataDir));
		throw new DataFolderUnusableError(dataDir, error);
	}
}

/** Undefined when there is no lock file. */
function identify(dataDir: string): string | undefined {
	const file = join(dataDir, RUNNER_FILES.lock);
	const found = statSync(file, { bigint: true, throwIfNoEntry: false });
	return found && `${found.dev}:${found.ino}`;
}

function isBusy(error: unknown): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		'errcode' in error &&
		error.errcode === SQLITE_BUSY
	);
}
