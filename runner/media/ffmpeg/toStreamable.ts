import type { SealedFile } from '../sealed/SealedFile';
import type { ByteSpan } from '../sealed/SealedReader';
import { listBoxes, shiftOffsets, type Box } from './movieBoxes';

/** An index is read into memory; that of two hours takes a few MB. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
const MAX_BOXES = 1000;
const HEADER_BYTES = 16;

/**
 * The bytes of a file as a pipe can be given them. Cameras write the index of MP4, MOV and 3GP behind the
 * sound, and who reads a pipe cannot go back: it is put in front. Throws DamagedFileError.
 */
export async function* toStreamable(file: SealedFile): AsyncGenerator<Buffer> {
	const { data, index } = await findLateIndex(file);
	if (!data || !index) {
		yield* file.createReadStream() as AsyncIterable<Buffer>;
		return;
	}
	const moved = await file.read(toSpan(index.start, index.end));
	shiftOffsets(moved, { from: data.start, until: index.start, by: moved.length });
	yield* readPart(file, 0, data.start);
	yield moved;
	yield* readPart(file, data.start, index.start);
	yield* readPart(file, index.end, file.sizeBytes);
}

/** Nothing when there is none, or it is where it should be. */
async function findLateIndex(file: SealedFile): Promise<{ data?: Box; index?: Box }> {
	const boxes: Box[] = [];
	const blob = file.toBlob();
	for (let at = 0; at < file.sizeBytes && boxes.length < MAX_BOXES;) {
		const header = Buffer.from(await blob.slice(at, at + HEADER_BYTES).arrayBuffer());
		const [box] = listBoxes(header, { start: at, end: file.sizeBytes });
		if (!box || (boxes.length === 0 && box.type !== 'ftyp')) return {};
		boxes.push(box);
		at = box.end;
	}
	const data = boxes.find(({ type }) => type === 'mdat');
	const index = boxes.find(({ type }) => type === 'moov');
	const isLate = data && index && index.start > data.start;
	return isLate && index.end - index.start <= MAX_INDEX_BYTES ? { data, index } : {};
}

async function* readPart(file: SealedFile, start: number, end: number): AsyncGenerator<Buffer> {
	if (end > start) yield* file.createReadStream(toSpan(start, end)) as AsyncIterable<Buffer>;
}

function toSpan(start: number, end: number): ByteSpan {
	return { start, end: end - 1 };
}
