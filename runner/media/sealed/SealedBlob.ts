import { CHUNK_BYTES } from './chunks';
import type { ByteSpan } from './SealedReader';

/** What libraries that read a file here and there use of a Blob. */
export interface BlobLike {
	readonly size: number;
	readonly type: string;
	slice(start: number, end: number): BlobLike;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/** What gives plain bytes of a stored file. */
interface Source {
	readonly sizeBytes: number;
	read(span: ByteSpan): Promise<Buffer>;
}

/** A stored file, or a part of it, of which only what is asked for is read and opened. */
export class SealedBlob implements BlobLike {
	readonly type = '';

	private constructor(
		private readonly chunks: LastChunk,
		private readonly start: number,
		private readonly end: number,
	) {}

	static of(file: Source): SealedBlob {
		return new SealedBlob(new LastChunk(file), 0, file.sizeBytes);
	}

	get size(): number {
		return this.end - this.start;
	}

	slice(start: number, end: number): SealedBlob {
		const toOffset = (at: number) => Math.min(this.start + Math.max(0, at), this.end);
		return new SealedBlob(this.chunks, toOffset(start), Math.max(toOffset(start), toOffset(end)));
	}

	async arrayBuffer(): Promise<ArrayBuffer> {
		const bytes = new Uint8Array(this.size);
		for (let at = this.start; at < this.end;) {
			const rest = await this.chunks.readFrom(at);
			const wanted = rest.subarray(0, this.end - at);
			bytes.set(wanted, at - this.start);
			at += wanted.length;
		}
		return bytes.buffer;
	}
}

/** Parsers read a few bytes after the other: the chunk they are in is opened once. */
class LastChunk {
	private held: { index: number; plain: Promise<Buffer> } | undefined;

	constructor(private readonly file: Source) {}

	/** From there to the end of its chunk. */
	async readFrom(position: number): Promise<Buffer> {
		const index = Math.floor(position / CHUNK_BYTES);
		if (this.held?.index !== index) this.held = { index, plain: this.read(index) };
		return (await this.held.plain).subarray(position - index * CHUNK_BYTES);
	}

	private read(index: number): Promise<Buffer> {
		const start = index * CHUNK_BYTES;
		return this.file.read({
			start,
			end: Math.min(start + CHUNK_BYTES, this.file.sizeBytes) - 1,
		});
	}
}
