import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SealedFile, type SealedLocation } from '../../../../runner/media/sealed/SealedFile';
import { writeHashed, type Written } from '../../../../runner/media/writeHashed';

/** Puts bytes at a path as the runner does; what it gives opens them. */
export async function seal(path: string, bytes: Uint8Array): Promise<SealedLocation & Written> {
	const options = { maxBytes: bytes.length };
	return { path, ...(await writeHashed(Readable.from([bytes]), path, options)) };
}

/** The plain bytes of a stored file. */
export async function unseal(location: SealedLocation): Promise<Buffer> {
	return await new SealedFile(location).read();
}

/** What a failing disk does. */
export async function flipBit(path: string, at: number): Promise<void> {
	const bytes = await readFile(path);
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	await writeFile(path, bytes);
}
