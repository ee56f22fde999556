import { VOICE_RATE } from '../limits.ts';

/** Zero crossings on each side of the filter: 24 with a Kaiser window of 9 keep aliases below −80 dB. */
const CROSSINGS = 24;
const KAISER_BETA = 9;
/** Of the lower of the two bandwidths; the rest is the filter's slope. */
const PASSBAND = 0.93;
/** 44.1 kHz needs 160 phases; odd rates share the nearest. */
const MAX_PHASES = 1024;

/** Brings sound of any rate to 48 kHz, a piece at a time (polyphase windowed sinc). */
export class Resampler {
	private readonly step: number;
	private readonly steps: number;
	private readonly half: number;
	private readonly phases: Float32Array[];
	private pending: Float32Array;
	/** Where the next sample lies: whole input samples, and `phase / steps` of one. */
	private position = 0;
	private phase = 0;
	private inputSamples = 0;
	private outputSamples = 0;

	constructor(inputRate: number) {
		const divisor = greatestCommonDivisor(inputRate, VOICE_RATE);
		this.step = inputRate / divisor;
		this.steps = VOICE_RATE / divisor;
		const cutoff = Math.min(1, VOICE_RATE / inputRate) * PASSBAND;
		this.half = Math.ceil(CROSSINGS / cutoff);
		this.phases = createPhases(Math.min(this.steps, MAX_PHASES), this.half, cutoff);
		this.pending = new Float32Array(this.half - 1);
	}

	push(input: Float32Array): Float32Array {
		this.inputSamples += input.length;
		return this.run(input, Infinity);
	}

	/** The rest; together with what was given before exactly as long as the input. */
	finish(): Float32Array {
		const total = Math.ceil((this.inputSamples * this.steps) / this.step);
		return this.run(new Float32Array(this.half + 1), total - this.outputSamples);
	}

	private run(input: Float32Array, maxSamples: number): Float32Array {
		const samples = concat(this.pending, input);
		const output = new Float32Array(Math.ceil((samples.length * this.steps) / this.step) + 1);
		let count = 0;
		while (this.position + 2 * this.half <= samples.length && count < maxSamples) {
			output[count++] = this.filter(samples);
			this.phase += this.step;
			this.position += Math.floor(this.phase / this.steps);
			this.phase %= this.steps;
		}
		const used = Math.min(this.position, samples.length);
		this.pending = samples.slice(used);
		this.position -= used;
		this.outputSamples += count;
		return output.subarray(0, count);
	}

	private filter(samples: Float32Array): number {
		const taps = this.phases[Math.floor((this.phase * this.phases.length) / this.steps)];
		return taps ? toProduct(taps, samples, this.position) : 0;
	}
}

function toProduct(taps: Float32Array, samples: Float32Array, start: number): number {
	let sum = 0;
	for (let tap = 0; tap < taps.length; tap++) sum += (taps[tap] ?? 0) * (samples[start + tap] ?? 0);
	return sum;
}

function createPhases(count: number, half: number, cutoff: number): Float32Array[] {
	return Array.from({ length: count }, (_, index) => {
		const taps = Float32Array.from({ length: 2 * half }, (_, tap) => {
			const distance = tap - half + 1 - index / count;
			return toSinc(distance * cutoff) * toKaiser(distance / half);
		});
		const gain = taps.reduce((sum, tap) => sum + tap, 0);
		return taps.map((tap) => tap / gain);
	});
}

function toSinc(x: number): number {
	return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function toKaiser(x: number): number {
	return Math.abs(x) >= 1
		? 0
		: toBessel(KAISER_BETA * Math.sqrt(1 - x * x)) / toBessel(KAISER_BETA);
}

/** The modified Bessel function of the first kind, of order zero. */
function toBessel(x: number): number {
	let sum = 1;
	for (let k = 1, term = 1; term > sum * 1e-10; k++) {
		term *= (x / (2 * k)) ** 2;
		sum += term;
	}
	return sum;
}

function concat(first: Float32Array, second: Float32Array): Float32Array {
	const joined = new Float32Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
