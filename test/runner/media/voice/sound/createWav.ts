export interface WavOptions {
	/** 1 whole numbers, 3 floating point, 6 A-law, 7 µ-law. */
	tag?: number;
	bits?: number;
	channels?: number;
	sampleRate?: number;
	samples: Float32Array;
	/** What the header says instead of the truth. */
	claimedBytes?: number;
	extensible?: boolean;
}

/** A WAV file with the same sound in every channel. */
export function createWav(options: WavOptions): Buffer {
	const { bits = 16, channels = 1, samples } = options;
	const frameBytes = (bits / 8) * channels;
	const data = Buffer.alloc(samples.length * frameBytes);
	samples.forEach((sample, frame) => {
		for (let channel = 0; channel < channels; channel++) {
			writeSample(data, frame * frameBytes + (channel * bits) / 8, sample, options);
		}
	});
	return Buffer.concat([createHeader(options, frameBytes, data.length), data]);
}

/** A tone at half of full volume. */
export function createTone(hertz: number, seconds: number, sampleRate = 48000): Float32Array {
	const length = Math.round(seconds * sampleRate);
	return Float32Array.from({ length }, (_, at) => {
		return 0.5 * Math.sin((2 * Math.PI * hertz * at) / sampleRate);
	});
}

function createHeader(options: WavOptions, frameBytes: number, dataBytes: number): Buffer {
	const { tag = 1, bits = 16, channels = 1, sampleRate = 48000, extensible = false } = options;
	const format = Buffer.alloc(extensible ? 40 : 16);
	format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
	format.writeUInt16LE(channels, 2);
	format.writeUInt32LE(sampleRate, 4);
	format.writeUInt32LE(sampleRate * frameBytes, 8);
	format.writeUInt16LE(frameBytes, 12);
	format.writeUInt16LE(bits, 14);
	if (extensible) format.writeUInt16LE(tag, 24);
	const size = options.claimedBytes ?? dataBytes;
	return Buffer.concat([
		...[Buffer.from('RIFF'), toUInt32(size + 20 + format.length), Buffer.from('WAVE')],
		...[Buffer.from('fmt '), toUInt32(format.length), format, Buffer.from('data'), toUInt32(size)],
	]);
}

function toUInt32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value >>> 0);
	return bytes;
}

function writeSample(data: Buffer, at: number, sample: number, options: WavOptions): void {
	const { tag = 1, bits = 16 } = options;
	if (tag === 3)
		return void (bits === 32 ? data.writeFloatLE(sample, at) : data.writeDoubleLE(sample, at));
	if (tag === 7) return void data.writeUInt8(toMuLaw(sample), at);
	if (tag === 6) return void data.writeUInt8(toALaw(sample), at);
	if (bits === 8) return void data.writeUInt8(Math.round(128 + sample * 127), at);
	data.writeIntLE(Math.round(sample * (2 ** (bits - 1) - 1)), at, bits / 8);
}

/** The encoders of ITU-T G.711, written from its formulas. */
function toMuLaw(sample: number): number {
	const magnitude = Math.min(32635, Math.abs(Math.round(sample * 32767))) + 132;
	const exponent = Math.floor(Math.log2(magnitude)) - 7;
	const mantissa = (magnitude >> (exponent + 3)) & 15;
	return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function toALaw(sample: number): number {
	const magnitude = Math.min(32767, Math.abs(Math.round(sample * 32767)));
	const exponent = Math.max(0, Math.floor(Math.log2(Math.max(1, magnitude))) - 7);
	const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 15;
	return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}
