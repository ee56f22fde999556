import { generateKeySync, type KeyObject } from 'node:crypto';
import { CHUNK_BYTES, SEALED_CHUNK_BYTES, sealChunk } from './chunks.ts';

/** Seals one file piece by piece, with a key that is made for this writing and used for no other. */
export class ChunkSealer {
	readonly key: KeyObject = generateKeySync('aes', { length: 256 });
	/** Of the plain file, so far. */
	sizeBytes = 0;
	private index = 0;
	private filled = 0;
	private readonly pending = Buffer.allocUnsafeSlow(CHUNK_BYTES);
	private readonly sealed = Buffer.allocUnsafeSlow(SEALED_CHUNK_BYTES);

	/** What can be written down by now, each chunk before the next is asked for. A full chunk waits for what follows: it may be the last one. */
	*seal(bytes: Uint8Array): Generator<Buffer> {
		this.sizeBytes += bytes.length;
		for (let at = 0; at < bytes.length;) {
			if (this.filled === CHUNK_BYTES) yield this.close(false);
			const taken = bytes.subarray(at, at + CHUNK_BYTES - this.filled);
			this.pending.set(taken, this.filled);
			this.filled += taken.length;
			at += taken.length;
		}
	}

	/** The last chunk. */
	finish(): Buffer {
		return this.close(true);
	}

	private close(isLast: boolean): Buffer {
		const place = { index: this.index++, isLast };
		const plain = this.pending.subarray(0, this.filled);
		this.filled = 0;
		return sealChunk(this.key, place, { plain, into: this.sealed });
	}
}
