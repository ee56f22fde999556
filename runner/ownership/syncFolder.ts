import { closeSync, fsyncSync, openSync } from 'node:fs';
import { platform } from 'node:os';

/**
 * Brings the names of a folder's files to the disk: one that was synced itself may else be gone after a
 * power cut. Windows keeps names by itself and opens no folders.
 */
export function syncFolder(folder: string): void {
	if (platform() === 'win32') return;
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
