import type { KeyObject } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { ChunkSealer } from './ChunkSealer';

/** What opens a file that was written, and how many plain bytes it has. */
export interface Sealed {
	key: KeyObject;
	sizeBytes: number;
}

/** Writes a file, mode 0600, that is sealed from its first byte on; what was there is replaced. */
export class SealedWriter {
	private readonly sealer = new ChunkSealer();

	private constructor(private readonly file: FileHandle) {}

	static async create(path: string): Promise<SealedWriter> {
		return new SealedWriter(await open(path, 'w', 0o600));
	}

	async write(bytes: Uint8Array): Promise<void> {
		for (const chunk of this.sealer.seal(bytes)) await this.file.writeFile(chunk);
	}

	/** Nothing opens without its last chunk. */
	async finish(): Promise<Sealed> {
		await this.file.writeFile(this.sealer.finish());
		const { key, sizeBytes } = this.sealer;
		return { key, sizeBytes };
	}

	/** Resolves once all of it is on disk. */
	async sync(): Promise<void> {
		await this.file.sync();
	}

	async close(): Promise<void> {
		await this.file.close();
	}
}
