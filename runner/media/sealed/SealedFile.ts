import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SealedBlob, type BlobLike } from './SealedBlob';
import { SealedReader, type ByteSpan } from './SealedReader';

/** Where a stored file lies and what opens it; a thread may be given it. */
export interface SealedLocation {
	path: string;
	key: KeyObject;
	/** Of the plain file. */
	sizeBytes: number;
}

/**
 * The one door to the content of a stored file. What is on the disk is sealed; whatever comes out of here
 * is plain and was verified, else it is a DamagedFileError.
 */
export class SealedFile {
	constructor(readonly location: SealedLocation) {}

	get sizeBytes(): number {
		return this.location.sizeBytes;
	}

	/** Stays readable until it is closed, even when the file is removed meanwhile. */
	async open(): Promise<SealedReader> {
		return await SealedReader.over(await open(this.location.path), this.location);
	}

	/** The stream fails when the file is gone or damaged. */
	createReadStream(span?: ByteSpan): Readable {
		return Readable.from(this.chunks(span), { objectMode: false });
	}

	/** All of it, or that part of it, in memory. */
	async read({ start, end }: ByteSpan = { start: 0, end: this.sizeBytes - 1 }): Promise<Buffer> {
		const bytes = Buffer.allocUnsafeSlow(end + 1 - start);
		let filled = 0;
		for await (const chunk of this.chunks({ start, end })) {
			bytes.set(chunk, filled);
			filled += chunk.length;
		}
		return bytes;
	}

	/** Throws DamagedFileError when the plain byte at that place cannot be read. */
	async verify(position: number): Promise<void> {
		await this.read({ start: position, end: position });
	}

	/** For libraries that read here and there. */
	toBlob(): BlobLike {
		return SealedBlob.of(this);
	}

	private async *chunks(span?: ByteSpan): AsyncGenerator<Buffer> {
		const reader = await this.open();
		try {
			yield* reader.chunks(span);
		} finally {
			await reader.close();
		}
	}
}
