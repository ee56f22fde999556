const DELIMITER = 9;
const KEY_FRAME = 5;
const SPS = 7;
const PPS = 8;
const START = Buffer.from([0, 0, 1]);

/** One frame as MP4 has it: each part of it after its length. */
export interface Frame {
	bytes: Buffer;
	isKey: boolean;
}

/** H.264 as it comes from an encoder: what its decoder has to know first, and its frames. */
export interface H264 {
	sps: Buffer;
	pps: Buffer;
	frames: Frame[];
}

/**
 * Takes a stream of H.264 (Annex B of ITU-T H.264) apart, in which a delimiter stands before each frame.
 * Undefined for one without frames, or without what its decoder has to know.
 */
export function readAnnexB(stream: Buffer): H264 | undefined {
	let sps: Buffer | undefined;
	let pps: Buffer | undefined;
	const frames: Frame[] = [];
	let parts: Buffer[] = [];
	let isKey = false;
	const endFrame = () => {
		if (parts.length > 0) frames.push({ bytes: Buffer.concat(parts), isKey });
		parts = [];
		isKey = false;
	};
	for (const unit of listUnits(stream)) {
		const type = (unit[0] ?? 0) & 0x1f;
		if (type === DELIMITER) endFrame();
		else if (type === SPS) sps ??= unit;
		else if (type === PPS) pps ??= unit;
		else {
			isKey ||= type === KEY_FRAME;
			parts.push(toLength(unit.length), unit);
		}
	}
	endFrame();
	return sps && sps.length > 3 && pps && frames.length > 0 ? { sps, pps, frames } : undefined;
}

/** What stands between the marks; the zeros before a mark belong to it. */
function* listUnits(stream: Buffer): Generator<Buffer> {
	let at = stream.indexOf(START);
	while (at >= 0) {
		const begin = at + START.length;
		at = stream.indexOf(START, begin);
		let end = at < 0 ? stream.length : at;
		while (end > begin && stream[end - 1] === 0) end--;
		if (end > begin) yield stream.subarray(begin, end);
	}
}

function toLength(length: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(length);
	return bytes;
}
