import type { BlobLike } from '../sealed/SealedBlob.ts';
import type { InputFile } from '../voice/thread/InputFile.ts';

/** A stored file, or a part of it, for a library that reads here and there; in a thread of its own. */
export class InputBlob implements BlobLike {
	readonly type = '';
	private readonly file: InputFile;
	private readonly start: number;
	private readonly end: number;

	// No parameter properties: Node runs this file from source in the thread.
	constructor(file: InputFile, start = 0, end = file.sizeBytes) {
		this.file = file;
		this.start = start;
		this.end = end;
	}

	get size(): number {
		return this.end - this.start;
	}

	slice(start: number, end: number): InputBlob {
		const toOffset = (at: number) => Math.min(this.start + Math.max(0, at), this.end);
		return new InputBlob(this.file, toOffset(start), Math.max(toOffset(start), toOffset(end)));
	}

	arrayBuffer(): Promise<ArrayBuffer> {
		return Promise.resolve(Uint8Array.from(this.file.readAt(this.start, this.size)).buffer);
	}
}
