import type { KeyObject } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { CHUNK_BYTES, openChunk, SEALED_CHUNK_BYTES, toChunkCount, toSealedBytes } from './chunks';
import { DamagedFileError } from './DamagedFileError';

/** Offsets of plain bytes, both included. */
export interface ByteSpan {
	start: number;
	end: number;
}

/** An open stored file. Every byte it gives was verified. To be closed. */
export class SealedReader {
	private readonly lastIndex: number;

	private constructor(
		private readonly file: FileHandle,
		private readonly key: KeyObject,
		private readonly sizeBytes: number,
	) {
		this.lastIndex = toChunkCount(sizeBytes) - 1;
	}

	/** Takes the handle over. Throws DamagedFileError when the file has not the size it should have. */
	static async over(
		file: FileHandle,
		{ key, sizeBytes }: { key: KeyObject; sizeBytes: number },
	): Promise<SealedReader> {
		const { size } = await file.stat();
		if (size === toSealedBytes(sizeBytes)) return new SealedReader(file, key, sizeBytes);
		await file.close();
		throw new DamagedFileError();
	}

	/** The plain bytes, a chunk at a time. Throws DamagedFileError. */
	async *chunks({ start, end }: ByteSpan = this.whole): AsyncGenerator<Buffer> {
		const buffer = Buffer.allocUnsafeSlow(SEALED_CHUNK_BYTES);
		for (let index = Math.floor(start / CHUNK_BYTES); index * CHUNK_BYTES <= end; index++) {
			const plain = await this.readChunk(index, buffer);
			const offset = index * CHUNK_BYTES;
			yield plain.subarray(Math.max(0, start - offset), Math.min(CHUNK_BYTES, end + 1 - offset));
		}
	}

	async close(): Promise<void> {
		await this.file.close();
	}

	private get whole(): ByteSpan {
		return { start: 0, end: this.sizeBytes - 1 };
	}

	private async readChunk(index: number, sealed: Buffer): Promise<Buffer> {
		const position = index * SEALED_CHUNK_BYTES;
		const { bytesRead } = await this.file.read(sealed, 0, sealed.length, position);
		const place = { index, isLast: index === this.lastIndex };
		return openChunk(this.key, place, sealed.subarray(0, bytesRead));
	}
}
