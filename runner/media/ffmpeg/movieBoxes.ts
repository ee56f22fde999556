/** A part of an MP4, MOV or 3GP file (ISO 14496-12); offsets, the second one not included. */
export interface Box {
	type: string;
	start: number;
	/** Where its content begins. */
	content: number;
	end: number;
}

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** What leads from the index to the offsets in it. */
const PARENTS = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

/**
 * The boxes that begin in `bytes`, which lie at `start` of something that ends at `end`. Stops at what is
 * no box: their sizes are a stranger's.
 */
export function* listBoxes(
	bytes: Buffer,
	{ start, end }: { start: number; end: number },
): Generator<Box> {
	for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
		const size = readSize(bytes, at, end - start);
		const content = at + (bytes.readUInt32BE(at) === 1 ? LONG_HEADER_BYTES : HEADER_BYTES);
		if (size === undefined || at + size < content || start + at + size > end) return;
		const type = bytes.toString('latin1', at + 4, at + HEADER_BYTES);
		yield { type, start: start + at, content: start + content, end: start + at + size };
		at += size;
	}
}

/** Corrects, in an index, the offsets of what lies from there until there. */
export function shiftOffsets(
	bytes: Buffer,
	shift: { from: number; until: number; by: number },
): void {
	for (const { type, content, end } of listBoxes(bytes, { start: 0, end: bytes.length })) {
		const inner = bytes.subarray(content, end);
		if (PARENTS.includes(type)) shiftOffsets(inner, shift);
		else if (type === 'stco') shiftTable(inner, 4, shift);
		else if (type === 'co64') shiftTable(inner, 8, shift);
	}
}

/** Version and flags, the count, then as many offsets. */
function shiftTable(
	table: Buffer,
	bytesEach: 4 | 8,
	{ from, until, by }: { from: number; until: number; by: number },
): void {
	for (let at = 8; at + bytesEach <= table.length; at += bytesEach) {
		const offset = bytesEach === 4 ? table.readUInt32BE(at) : Number(table.readBigUInt64BE(at));
		if (offset < from || offset >= until) continue;
		if (bytesEach === 4) table.writeUInt32BE(offset + by, at);
		else table.writeBigUInt64BE(BigInt(offset + by), at);
	}
}

/** 0 means to the end, 1 that the size has 64 bits. */
function readSize(bytes: Buffer, at: number, end: number): number | undefined {
	const size = bytes.readUInt32BE(at);
	if (size === 0) return end - at;
	if (size !== 1) return size;
	if (at + LONG_HEADER_BYTES > bytes.length) return undefined;
	return Number(bytes.readBigUInt64BE(at + HEADER_BYTES));
}
