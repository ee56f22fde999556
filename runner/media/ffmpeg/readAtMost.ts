import type { Readable } from 'node:stream';

/** All that a stream says, in memory. Rejects when that is more than so many bytes, and ends the stream. */
export async function readAtMost(source: Readable, maxBytes: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let sizeBytes = 0;
	for await (const chunk of source) {
		chunks.push(chunk as Buffer);
		sizeBytes += (chunk as Buffer).length;
		if (sizeBytes > maxBytes) throw new RangeError(`More than ${maxBytes} bytes.`);
	}
	return Buffer.concat(chunks);
}
