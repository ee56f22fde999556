import { randomUUID, type KeyObject } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { SealedWriter } from '../../media/sealed/SealedWriter';

/**
 * Writes a sealed file that is either there as a whole, kept for good, or not at all: under another name
 * beside it until `produce` has returned. Resolves to what that gave, and what opens the file.
 */
export async function writeWhole<T>(
	path: string,
	produce: (write: (chunk: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T & { key: KeyObject }> {
	const temporaryPath = `${path}.${randomUUID()}.part`;
	const file = await SealedWriter.create(temporaryPath);
	try {
		let result: T & { key: KeyObject };
		try {
			const produced = await produce((chunk) => file.write(chunk));
			result = { ...produced, key: (await file.finish()).key };
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
