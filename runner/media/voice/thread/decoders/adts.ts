import type { InputFile } from '../InputFile.ts';

export const ADTS_RATES = [
	96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
];
const HEADER_BYTES = 7;
/** AAC LC, the object type everything else builds on. */
const LOW_COMPLEXITY = 2;

export interface AacFormat {
	/** The place of the sampling rate in ADTS_RATES. */
	rateIndex: number;
	/** As in ADTS: 1 mono, 2 stereo, 6 for 5.1. */
	channels: number;
}

/** The frames of an ADTS file; bytes between them are skipped. */
export function* readAdtsFrames(file: InputFile, start: number): Generator<Buffer> {
	let pending: Buffer = Buffer.alloc(0);
	for (const chunk of file.chunks(start)) {
		pending = Buffer.concat([pending, chunk]);
		let at = 0;
		while (at + HEADER_BYTES <= pending.length) {
			const length = toFrameBytes(pending, at);
			if (length === undefined) at++;
			else if (at + length > pending.length) break;
			else yield pending.subarray(at, (at += length));
		}
		pending = pending.subarray(at);
	}
}

/** The sampling rate of a frame; 0 for a header that names none. */
function toAdtsRate(frame: Buffer): number {
	return ADTS_RATES[((frame[2] ?? 0) >>> 2) & 15] ?? 0;
}

/** Puts the header in front of a bare frame, as from an MP4 file. */
export function toAdtsFrame(bare: Uint8Array, { rateIndex, channels }: AacFormat): Buffer {
	const length = HEADER_BYTES + bare.length;
	const header = Buffer.from([
		0xff,
		0xf1,
		((LOW_COMPLEXITY - 1) << 6) | (rateIndex << 2) | (channels >>> 2),
		((channels & 3) << 6) | (length >>> 11),
		(length >>> 3) & 0xff,
		((length & 7) << 5) | 0x1f,
		0xfc,
	]);
	return Buffer.concat([header, bare]);
}

function toFrameBytes(bytes: Buffer, at: number): number | undefined {
	if ((bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) return undefined;
	const length = (bytes.readUInt32BE(at + 2) >>> 5) & 0x1fff;
	const isRateKnown = toAdtsRate(bytes.subarray(at, at + 4)) > 0;
	return length > HEADER_BYTES && isRateKnown ? length : undefined;
}
