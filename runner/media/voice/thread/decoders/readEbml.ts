import type { InputFile } from '../InputFile.ts';

export interface EbmlElement {
	id: number;
	/** The content; not for elements that hold elements. */
	read: () => Buffer;
}

/** Segment, Tracks, TrackEntry, Cluster, BlockGroup: entered, all others are skipped or read whole. */
const PARENTS = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const MAX_HEADER_BYTES = 12;

/** The elements of a WebM or Matroska file in the order of the file, without their nesting. */
export function* readEbml(file: InputFile): Generator<EbmlElement, undefined> {
	for (let at = 0; at < file.sizeBytes;) {
		const header = file.readAt(at, MAX_HEADER_BYTES);
		const idBytes = toVintBytes(header[0]);
		const sizeBytes = toVintBytes(header[idBytes]);
		if (idBytes > 4 || sizeBytes > 8 || header.length < idBytes + sizeBytes) return undefined;
		const id = header.readUIntBE(0, idBytes);
		const start = at + idBytes + sizeBytes;
		const size = toSize(header.subarray(idBytes, idBytes + sizeBytes));
		yield { id, read: () => file.readAt(start, size) };
		at = PARENTS.has(id) ? start : start + size;
	}
	return undefined;
}

/** The leading zero bits of the first byte count the bytes that follow it. */
function toVintBytes(first = 0): number {
	return Math.clz32(first) - 23;
}

function toSize(bytes: Buffer): number {
	const first = (bytes[0] ?? 0) & (0xff >>> bytes.length);
	return bytes.subarray(1).reduce((size, byte) => size * 256 + byte, first);
}
