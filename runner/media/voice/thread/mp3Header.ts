const KBITS_V1 = [
	[0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
	[0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
	[0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const KBITS_V2 = [
	[0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
	[0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
	[0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const RATES = [44100, 48000, 32000];
/** Version, layer and sampling rate: what stays the same from frame to frame. */
const SAME_STREAM = 0xfffe0c00;

/** Whether an MPEG audio frame begins here and another, or the end of the file, follows it. */
export function hasFollowingMp3Frame(bytes: Buffer, offset: number): boolean {
	const length = toMp3FrameBytes(bytes, offset);
	if (length === undefined) return false;
	const next = offset + length;
	if (next + 4 > bytes.length) return next <= bytes.length + 1;
	return (
		toMp3FrameBytes(bytes, next) !== undefined &&
		((bytes.readUInt32BE(next) ^ bytes.readUInt32BE(offset)) & SAME_STREAM) === 0
	);
}

/** The length of the MPEG audio frame beginning here (ISO 11172-3, 2.4.1.3). */
export function toMp3FrameBytes(bytes: Buffer, offset: number): number | undefined {
	if (offset + 4 > bytes.length) return undefined;
	const header = bytes.readUInt32BE(offset);
	const version = (header >>> 19) & 3;
	const layer = 4 - ((header >>> 17) & 3);
	const rate = RATES[(header >>> 10) & 3];
	const table = version === 3 ? KBITS_V1 : KBITS_V2;
	const kbits = table[layer - 1]?.[(header >>> 12) & 15];
	if (header >>> 21 !== 0x7ff || version === 1 || !rate || !kbits) return undefined;
	return toFrameBytes({ layer, version, rate, kbits, padding: (header >>> 9) & 1 });
}

function toFrameBytes(frame: {
	layer: number;
	version: number;
	rate: number;
	kbits: number;
	padding: number;
}): number {
	const rate = frame.version === 3 ? frame.rate : frame.rate / (frame.version === 2 ? 2 : 4);
	const bits = frame.kbits * 1000;
	if (frame.layer === 1) return (Math.floor((12 * bits) / rate) + frame.padding) * 4;
	const samplesPerByte = frame.layer === 3 && frame.version !== 3 ? 72 : 144;
	return Math.floor((samplesPerByte * bits) / rate) + frame.padding;
}
