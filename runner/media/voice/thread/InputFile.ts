import type { KeyObject } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { CHUNK_BYTES, openChunk, SEALED_CHUNK_BYTES, toChunkCount } from '../../sealed/chunks.ts';
import type { SealedLocation } from '../../sealed/SealedFile.ts';

/**
 * A stored file read piece by piece, synchronously: it belongs to a thread with nothing else to do.
 * Throws DamagedFileError.
 */
export class InputFile {
	/** Of the plain file. */
	readonly sizeBytes: number;
	private readonly descriptor: number;
	private readonly key: KeyObject;
	private held: { index: number; plain: Buffer } | undefined;

	constructor({ path, key, sizeBytes }: SealedLocation) {
		this.descriptor = openSync(path, 'r');
		this.key = key;
		this.sizeBytes = sizeBytes;
	}

	/** Fewer bytes at the end of the file, none behind it. */
	readAt(position: number, length: number): Buffer {
		const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.sizeBytes - position)));
		let read = 0;
		while (read < bytes.length) {
			const at = position + read;
			const chunk = this.readChunk(Math.floor(at / CHUNK_BYTES));
			read += chunk.copy(bytes, read, at % CHUNK_BYTES);
		}
		return bytes;
	}

	*chunks(start = 0, end = this.sizeBytes, chunkBytes = CHUNK_BYTES): Generator<Buffer> {
		for (let position = start; position < end; position += chunkBytes) {
			yield this.readAt(position, Math.min(chunkBytes, end - position));
		}
	}

	close(): void {
		closeSync(this.descriptor);
	}

	/** Decoders go from byte to byte: the chunk they are in is opened once. */
	private readChunk(index: number): Buffer {
		if (this.held?.index === index) return this.held.plain;
		const sealed = Buffer.allocUnsafeSlow(SEALED_CHUNK_BYTES);
		const position = index * SEALED_CHUNK_BYTES;
		const length = readSync(this.descriptor, sealed, 0, sealed.length, position);
		const place = { index, isLast: index === toChunkCount(this.sizeBytes) - 1 };
		const plain = openChunk(this.key, place, sealed.subarray(0, length));
		this.held = { index, plain };
		return plain;
	}
}
