export interface WavFormat {
	/** 1 whole numbers, 3 floating point, 6 A-law, 7 µ-law. */
	tag: number;
	channels: number;
	sampleRate: number;
	sampleBytes: number;
}

/** A sample at a place, between −1 and 1. */
export type SampleReader = (bytes: Buffer, at: number) => number;

const READERS: Record<string, SampleReader> = {
	'1/1': (bytes, at) => (bytes.readUInt8(at) - 128) / 128,
	'1/2': (bytes, at) => bytes.readInt16LE(at) / 32768,
	'1/3': (bytes, at) => bytes.readIntLE(at, 3) / 8388608,
	'1/4': (bytes, at) => bytes.readInt32LE(at) / 2147483648,
	'3/4': (bytes, at) => toFinite(bytes.readFloatLE(at)),
	'3/8': (bytes, at) => toFinite(bytes.readDoubleLE(at)),
	'6/1': (bytes, at) => toALaw(bytes.readUInt8(at)),
	'7/1': (bytes, at) => toMuLaw(bytes.readUInt8(at)),
};

/** `undefined` when a WAV file is coded in another way, such as ADPCM. */
export function toSampleReader({ tag, sampleBytes }: WavFormat): SampleReader | undefined {
	return READERS[`${tag}/${sampleBytes}`];
}

/** Not a number, or beyond all bounds: a damaged file, which must not silence the encoder. */
function toFinite(value: number): number {
	return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}

/** ITU-T G.711, A-law: telephone recordings. */
function toALaw(byte: number): number {
	const code = byte ^ 0x55;
	const exponent = (code >>> 4) & 7;
	const mantissa = ((code & 15) << 4) + 8;
	const value = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
	return (code & 0x80 ? value : -value) / 32768;
}

/** ITU-T G.711, µ-law. */
function toMuLaw(byte: number): number {
	const code = ~byte & 0xff;
	const value = ((((code & 15) << 3) + 0x84) << ((code >>> 4) & 7)) - 0x84;
	return (code & 0x80 ? -value : value) / 32768;
}
