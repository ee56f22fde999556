/** Encoders make about ten. */
const MAX_SCANS = 100;

const PADDING = 0xff;
const END = 0xd9;
const START_OF_SCAN = 0xda;

/**
 * Whether a JPEG that appears by and by does so in more than a hundred passes. Each takes some bytes in the
 * file and a walk over the whole picture to decode: with enough of them a small file takes hours. Goes from
 * marker to marker as decoders do (ITU T.81, annex B).
 */
export function hasTooManyScans(jpeg: Buffer): boolean {
	let scans = 0;
	let at = 2;
	while (at < jpeg.length) {
		if (jpeg[at] !== 0xff) {
			// Not `indexOf`: a file of nothing but markers would take a call for each of them.
			at++;
			continue;
		}
		const marker = jpeg[at + 1] ?? END;
		if (marker === END) return false;
		if (marker === START_OF_SCAN && ++scans > MAX_SCANS) return true;
		at += toLength(jpeg, at, marker);
	}
	return false;
}

/** Of a marker with what belongs to it. Within a scan only stuffed bytes and restarts have no length. */
function toLength(jpeg: Buffer, at: number, marker: number): number {
	if (marker === PADDING) return 1;
	const hasNoLength = marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8);
	if (hasNoLength || at + 4 > jpeg.length) return 2;
	return 2 + Math.max(2, jpeg.readUInt16BE(at + 2));
}
