import { listBoxes, type Box } from '../ffmpeg/movieBoxes.ts';

/** What it takes to look into a file. */
interface ReadableAt {
	readonly sizeBytes: number;
	readAt(position: number, length: number): Buffer;
}

/** How large a video is shown, in pixels, and how long it plays. */
export interface MovieFacts {
	width?: number;
	height?: number;
	durationSeconds?: number;
}

/** The index of two hours takes a few MB. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
/** Honest files have a dozen; others are made of millions. */
const MAX_BOXES = 1000;
const HEADER_BYTES = 16;

/** Where the tracks of each version of the header say how they are turned, and how large they are. */
const MATRIX_AT = [40, 52];
const MATRIX_BYTES = 36;

/**
 * What the index of an MP4, 3GP or MOV file says: its duration, and the size of its first video track, upright.
 * What it does not tell is absent.
 */
export function readMovieFacts(file: ReadableAt): MovieFacts {
	const index = findIndex(file);
	if (!index || index.end - index.content > MAX_INDEX_BYTES) return {};
	const bytes = file.readAt(index.content, index.end - index.content);
	return { ...readDuration(first(bytes, 'mvhd')), ...readFrameSize(bytes) };
}

function readDuration(header: Buffer | undefined): MovieFacts {
	const isLong = header?.[0] === 1;
	if (!header || header.length < (isLong ? 32 : 20)) return {};
	const unitsPerSecond = header.readUInt32BE(isLong ? 20 : 12);
	const units = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
	// All ones mean that nobody knows.
	const isKnown = units > 0 && units < (isLong ? 2 ** 63 : 0xffffffff) && unitsPerSecond > 0;
	return isKnown ? { durationSeconds: units / unitsPerSecond } : {};
}

function readFrameSize(index: Buffer): MovieFacts | undefined {
	for (const track of listInner(index, 'trak')) {
		const header = first(track, 'tkhd');
		const media = first(track, 'mdia');
		const handler = media && first(media, 'hdlr');
		if (header && handler?.toString('latin1', 8, 12) === 'vide') return readHeader(header);
	}
	return undefined;
}

function findIndex(file: ReadableAt): Box | undefined {
	for (let at = 0, count = 0; at < file.sizeBytes && count < MAX_BOXES; count++) {
		const header = file.readAt(at, HEADER_BYTES);
		const [box] = listBoxes(header, { start: at, end: file.sizeBytes });
		if (!box || box.type === 'moov') return box;
		at = box.end;
	}
	return undefined;
}

function readHeader(header: Buffer): MovieFacts | undefined {
	const matrixAt = MATRIX_AT[header[0] ?? 0];
	const sizeAt = (matrixAt ?? 0) + MATRIX_BYTES;
	if (matrixAt === undefined || header.length < sizeAt + 8) return undefined;
	const width = Math.round(header.readUInt32BE(sizeAt) / 0x10000);
	const height = Math.round(header.readUInt32BE(sizeAt + 4) / 0x10000);
	if (width === 0 || height === 0) return undefined;
	// A phone that is held upright says so by turning the picture by a quarter.
	const isTurned = header.readInt32BE(matrixAt) === 0 && header.readInt32BE(matrixAt + 16) === 0;
	return isTurned ? { width: height, height: width } : { width, height };
}

function first(bytes: Buffer, type: string): Buffer | undefined {
	return listInner(bytes, type).next().value ?? undefined;
}

/** Contents of the boxes of a type. */
function* listInner(bytes: Buffer, type: string): Generator<Buffer, undefined> {
	let count = 0;
	for (const box of listBoxes(bytes, { start: 0, end: bytes.length })) {
		if (++count > MAX_BOXES) return undefined;
		if (box.type === type) yield bytes.subarray(box.content, box.end);
	}
	return undefined;
}
