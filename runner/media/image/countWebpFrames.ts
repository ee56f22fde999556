const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/**
 * The frames of an animated WebP, counted up to a limit by walking its chunks (RFC 9649); 0 for anything
 * else. The image library takes time by the square of their number only to say how many there are.
 */
export function countWebpFrames(bytes: Buffer, atMost: number): number {
	const isWebp =
		bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
	if (!isWebp) return 0;
	let frames = 0;
	let at = RIFF_HEADER_BYTES;
	while (at + CHUNK_HEADER_BYTES <= bytes.length && frames < atMost) {
		if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames++;
		const size = bytes.readUInt32LE(at + 4);
		at += CHUNK_HEADER_BYTES + size + (size % 2);
	}
	return frames;
}
