import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { onDisk } from './onDisk';

/** SHA-256 (hex) and size of a file, a chunk at a time. */
export function hashFile(path: string): Promise<{ sha256: string; sizeBytes: number }> {
	return onDisk(async () => {
		const hash = createHash('sha256');
		let sizeBytes = 0;
		for await (const chunk of createReadStream(path)) {
			sizeBytes += (chunk as Buffer).length;
			hash.update(chunk as Buffer);
		}
		return { sha256: hash.digest('hex'), sizeBytes };
	});
}
