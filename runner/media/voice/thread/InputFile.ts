import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;

/** A file read piece by piece, synchronously: it belongs to a thread with nothing else to do. */
export class InputFile {
	readonly sizeBytes: number;
	private readonly descriptor: number;

	constructor(path: string) {
		this.descriptor = openSync(path, 'r');
		this.sizeBytes = fstatSync(this.descriptor).size;
	}

	/** Fewer bytes at the end of the file, none behind it. */
	readAt(position: number, length: number): Buffer {
		const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.sizeBytes - position)));
		let read = 0;
		while (read < bytes.length) {
			const got = readSync(this.descriptor, bytes, read, bytes.length - read, position + read);
			if (got === 0) break;
			read += got;
		}
		return bytes.subarray(0, read);
	}

	*chunks(start = 0, end = this.sizeBytes, chunkBytes = CHUNK_BYTES): Generator<Buffer> {
		for (let position = start; position < end; position += chunkBytes) {
			yield this.readAt(position, Math.min(chunkBytes, end - position));
		}
	}

	close(): void {
		closeSync(this.descriptor);
	}
}
