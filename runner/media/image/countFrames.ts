const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const GIF_HEADER_BYTES = 13;
const GIF_IMAGE_BYTES = 9;

/**
 * The frames of an animation or the pages of a TIFF, counted up to a limit without opening it; 0 for
 * anything else. The image library reads them all only to say how many there are: in time by the square
 * of their number for WebP, some 50 µs each for TIFF.
 */
export function countFrames(bytes: Buffer, atMost: number): number {
	const start = bytes.toString('latin1', 0, 4);
	if (start === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') {
		return countWebpFrames(bytes, atMost);
	}
	if (start === 'GIF8') return countGifFrames(bytes, atMost);
	if (start.startsWith('II') || start.startsWith('MM')) return countTiffPages(bytes, atMost);
	return 0;
}

/** By its chunks (RFC 9649). */
function countWebpFrames(bytes: Buffer, atMost: number): number {
	let frames = 0;
	let at = RIFF_HEADER_BYTES;
	while (at + CHUNK_HEADER_BYTES <= bytes.length && frames < atMost) {
		if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames++;
		const size = bytes.readUInt32LE(at + 4);
		at += CHUNK_HEADER_BYTES + size + (size % 2);
	}
	return frames;
}

/** By its blocks (GIF89a): extensions and images, each followed by pieces of up to 255 bytes. */
function countGifFrames(bytes: Buffer, atMost: number): number {
	let frames = 0;
	let at = GIF_HEADER_BYTES + toColorBytes(bytes[10]);
	while (at < bytes.length && frames < atMost) {
		const kind = bytes[at];
		if (kind === 0x2c) {
			frames++;
			// The image's place, its colours, and the size of its codes.
			at += 1 + GIF_IMAGE_BYTES + toColorBytes(bytes[at + GIF_IMAGE_BYTES]) + 1;
		} else if (kind === 0x21) at += 2;
		else return frames;
		while (bytes[at]) at += 1 + (bytes[at] ?? 0);
		at++;
	}
	return frames;
}

function toColorBytes(flags = 0): number {
	return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** By its chain of directories (TIFF 6.0, and BigTIFF with longer numbers). */
function countTiffPages(bytes: Buffer, atMost: number): number {
	const isLittle = bytes[0] === 0x49;
	const isBig = bytes[isLittle ? 2 : 3] === 43;
	const read = (at: number, size: number) => {
		if (at < 0 || at + size > bytes.length) return 0;
		if (size === 8) {
			return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
		}
		return isLittle ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
	};
	const [offsetBytes, countBytes, entryBytes] = isBig ? [8, 8, 20] : [4, 2, 12];
	let pages = 0;
	let at = read(isBig ? 8 : 4, offsetBytes);
	while (at > 0 && at < bytes.length && pages < atMost) {
		pages++;
		at = read(at + countBytes + read(at, countBytes) * entryBytes, offsetBytes);
	}
	return pages;
}
