import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file that is either there as a whole, kept for good, or not at all: under another name beside
 * it until `produce` has returned. Readable by this user only.
 */
export async function writeWhole<T>(
	path: string,
	produce: (write: (chunk: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T> {
	const temporaryPath = `${path}.${randomUUID()}.part`;
	const file = await open(temporaryPath, 'wx', 0o600);
	try {
		let result: T;
		try {
			result = await produce((chunk) => file.appendFile(chunk));
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(temporaryPath, path);
		return result;
	} catch (error) {
		await rm(temporaryPath, { force: true });
		throw error;
	}
}
