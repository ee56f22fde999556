import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { RUNNER_FILES, toPublishedRunner, type PublishedRunner } from '../../contract';

/** Where the owner of the data folder listens; undefined when there is no such file. */
export function readPublishedRunner(dataDir: string): PublishedRunner | undefined {
	try {
		return toPublishedRunner(readFileSync(join(dataDir, RUNNER_FILES.endpoint), 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * The admin key of the data folder.
 * @throws Error with a remedy when it is not there or cannot be read.
 */
export function readAdminKey(dataDir: string): string {
	const path = join(dataDir, RUNNER_FILES.adminKey);
	let key: string;
	try {
		key = readFileSync(path, 'utf8').trim();
	} catch (cause) {
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- no node is known here; the transport wraps what it throws
		throw new Error(
			`The key of the embedded session runner cannot be read from ${path}. Run all processes of ` +
				'n8n as the same user, with the same data folder. When they run on several hosts, start the ' +
				'session runner as a service and choose "Session runner at a URL" in the credential.',
			{ cause },
		);
	}
	if (key === '') {
		throw new Error(
			`The key file ${path} of the embedded session runner is empty. Restore it, or delete it and ` +
				'restart n8n to get a new one.',
		);
	}
	return key;
}

/**
 * Whether a live process owns the data folder. The lock is asked for sharing, which its owner
 * refuses; a folder that cannot be looked into counts as free, so that starting there says why.
 */
export function isOwned(dataDir: string): boolean {
	const lock = openLock(dataDir);
	if (lock === undefined) return false;
	try {
		lock.prepare('SELECT count(*) FROM sqlite_schema').get();
		return false;
	} catch (error) {
		return isBusy(error);
	} finally {
		lock.close();
	}
}

/** SQLite is loaded here, not with this file: n8n loads the nodes on a Node that has none as well. */
function openLock(dataDir: string): DatabaseSync | undefined {
	const sqlite = process.getBuiltinModule('node:sqlite');
	try {
		return new sqlite.DatabaseSync(join(dataDir, RUNNER_FILES.lock), { readOnly: true });
	} catch {
		return undefined;
	}
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		'errcode' in error &&
		error.errcode === SQLITE_BUSY
	);
}
