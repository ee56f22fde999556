import type { H264 } from './readAnnexB';

export interface Mp4Options {
	width: number;
	height: number;
	framesPerSecond: number;
}

/** Of the times in the file's head. */
const MS_PER_SECOND = 1000;
const NO_ROTATION = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32);
const PIXELS_PER_INCH_72 = 0x480000;

/**
 * An MP4 file (ISO 14496-12) of one video track, all of it in one piece with its index in front: ffmpeg can
 * write none such into a pipe, and WhatsApp's phones do not play the fragments that it can.
 */
export function toMp4(video: H264, options: Mp4Options): Buffer {
	const { frames } = video;
	const type = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'));
	// The index is as long wherever the frames begin.
	const dataAt = type.length + toIndex(video, options, 0).length + 8;
	const data = box('mdat', ...frames.map(({ bytes }) => bytes));
	return Buffer.concat([type, toIndex(video, options, dataAt), data]);
}

function toIndex(video: H264, { width, height, framesPerSecond }: Mp4Options, dataAt: number) {
	const count = video.frames.length;
	const durationMs = Math.round((count * MS_PER_SECOND) / framesPerSecond);
	return box(
		'moov',
		full(
			...(['mvhd', 0, zeros(8), u32(MS_PER_SECOND), u32(durationMs)] as const),
			...[u32(0x10000), u16(0x100), zeros(10), ...NO_ROTATION, zeros(24), u32(2)],
		),
		box(
			'trak',
			full(
				...(['tkhd', 3, zeros(8), u32(1), zeros(4), u32(durationMs), zeros(16)] as const),
				...[...NO_ROTATION, u32(width * 0x10000), u32(height * 0x10000)],
			),
			box(
				'mdia',
				full('mdhd', 0, zeros(8), u32(framesPerSecond), u32(count), u16(0x55c4), u16(0)),
				full('hdlr', 0, zeros(4), text('vide'), zeros(12), text('video\0')),
				box(
					'minf',
					full('vmhd', 1, zeros(8)),
					box('dinf', full('dref', 0, u32(1), full('url ', 1))),
					box('stbl', ...toTables(video, { width, height }, dataAt)),
				),
			),
		),
	);
}

/** What the frames are, how long each is shown, which can be begun with, and where they lie. */
function toTables(
	{ sps, pps, frames }: H264,
	{ width, height }: { width: number; height: number },
	dataAt: number,
): Buffer[] {
	const keys = frames.flatMap(({ isKey }, index) => (isKey ? [u32(index + 1)] : []));
	const sizes = frames.map(({ bytes }) => u32(bytes.length));
	return [
		full('stsd', 0, u32(1), toDescription({ sps, pps }, { width, height })),
		full('stts', 0, u32(1), u32(frames.length), u32(1)),
		full('stss', 0, u32(keys.length), ...keys),
		full('stsc', 0, u32(1), u32(1), u32(frames.length), u32(1)),
		full('stsz', 0, u32(0), u32(frames.length), ...sizes),
		full('stco', 0, u32(1), u32(dataAt)),
	];
}

function toDescription(
	{ sps, pps }: Pick<H264, 'sps' | 'pps'>,
	{ width, height }: { width: number; height: number },
): Buffer {
	const lengths = Buffer.from([0xff, 0xe1]);
	const one = Buffer.from([1]);
	return box(
		'avc1',
		...[zeros(6), u16(1), zeros(16), u16(width), u16(height)],
		...[u32(PIXELS_PER_INCH_72), u32(PIXELS_PER_INCH_72), zeros(4), u16(1), zeros(32)],
		...[u16(24), u16(0xffff)],
		box(
			'avcC',
			...[one, sps.subarray(1, 4), lengths, u16(sps.length), sps, one, u16(pps.length), pps],
		),
	);
}

function box(type: string, ...content: Buffer[]): Buffer {
	const size = content.reduce((sum, { length }) => sum + length, 8);
	return Buffer.concat([u32(size), text(type), ...content]);
}

/** A box with a version, which is 0, and flags. */
function full(type: string, flags: number, ...content: Buffer[]): Buffer {
	return box(type, u32(flags), ...content);
}

function text(characters: string): Buffer {
	return Buffer.from(characters, 'latin1');
}

function zeros(count: number): Buffer {
	return Buffer.alloc(count);
}

function u16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16BE(value);
	return bytes;
}

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
