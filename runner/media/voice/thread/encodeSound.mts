import { Application, createEncoder, type OpusEncoderHandle } from 'libopus-wasm';
import { VOICE_BITS_PER_SECOND, VOICE_RATE } from '../limits.ts';
import { UnreadableAudioError } from '../UnreadableAudioError.ts';
import { Resampler } from './Resampler.ts';
import { VoiceFile } from './VoiceFile.ts';
import type { ConvertedAudio, Sound } from './VoiceThreadProtocol.ts';

/** 20 ms, the length of packets in voice notes. */
const FRAME_SAMPLES = 960;
/** A third of the work of libopus' 10; at this bit rate hardly anybody hears the difference. */
const COMPLEXITY = 5;
const MIN_RATE = 4000;
const MAX_RATE = 384000;

/** Encodes sound of any rate as a voice note, block by block. */
export async function encodeSound(sound: Sound, output: string): Promise<ConvertedAudio> {
	const encoder = await createEncoder({
		channels: 1,
		sampleRate: VOICE_RATE,
		frameSize: FRAME_SAMPLES,
		application: Application.Audio,
		bitrate: VOICE_BITS_PER_SECOND,
		complexity: COMPLEXITY,
	});
	const file = new VoiceFile(output, encoder.getLookahead());
	try {
		const framer = new Framer(encoder, file);
		for await (const samples of resample(sound)) framer.push(samples);
		framer.finish(encoder.getLookahead());
		return file.finish();
	} finally {
		file.close();
	}
}

/** Streams put together from several files may change their rate on the way. */
async function* resample(sound: Sound): AsyncGenerator<Float32Array> {
	let rate = VOICE_RATE;
	let resampler: Resampler | undefined;
	for await (const { samples, sampleRate } of sound) {
		if (!(sampleRate >= MIN_RATE && sampleRate <= MAX_RATE)) {
			throw new UnreadableAudioError('damaged');
		}
		if (sampleRate !== rate) {
			if (resampler) yield resampler.finish();
			resampler = sampleRate === VOICE_RATE ? undefined : new Resampler(sampleRate);
			rate = sampleRate;
		}
		yield resampler?.push(samples) ?? samples;
	}
	if (resampler) yield resampler.finish();
}

/** Cuts sound into frames of the encoder. */
class Framer {
	private readonly encoder: OpusEncoderHandle;
	private readonly file: VoiceFile;
	private readonly frame = new Float32Array(FRAME_SAMPLES);
	private filled = 0;

	constructor(encoder: OpusEncoderHandle, file: VoiceFile) {
		this.encoder = encoder;
		this.file = file;
	}

	push(samples: Float32Array): void {
		this.file.addHeard(samples);
		this.fill(samples);
	}

	/** The encoder gives its sound late: as much silence has to follow. */
	finish(lookahead: number): void {
		this.fill(new Float32Array(lookahead));
		if (this.filled > 0) this.fill(new Float32Array(FRAME_SAMPLES - this.filled));
	}

	private fill(samples: Float32Array): void {
		for (let at = 0; at < samples.length;) {
			const part = samples.subarray(at, at + FRAME_SAMPLES - this.filled);
			this.frame.set(part, this.filled);
			this.filled += part.length;
			at += part.length;
			if (this.filled === FRAME_SAMPLES) this.encode();
		}
	}

	private encode(): void {
		this.file.addPacket(this.encoder.encodeFloat(this.frame), FRAME_SAMPLES);
		this.filled = 0;
	}
}
