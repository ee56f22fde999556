import { UnreadableAudioError } from '../UnreadableAudioError.ts';
import type { InputFile } from './InputFile.ts';
import { toMono } from './toMono.ts';
import type { SoundBlock } from './VoiceThreadProtocol.ts';
import { toSampleReader, type WavFormat } from './wavSamples.ts';

const EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 32;
const BLOCK_FRAMES = 16384;

/** The sound of a WAV file. Headers that promise too much, or nothing, are common: the file's end counts. */
export function* readWav(file: InputFile): Generator<SoundBlock> {
	const { format, start, end } = findSound(file);
	const frameBytes = format.channels * format.sampleBytes;
	const readSample = toSampleReader(format);
	if (!readSample) throw new UnreadableAudioError('unknown_codec');
	if (end - start < frameBytes) throw new UnreadableAudioError('empty');
	for (const bytes of file.chunks(start, end, BLOCK_FRAMES * frameBytes)) {
		const frames = Math.floor(bytes.length / frameBytes);
		const channels = Array.from({ length: format.channels }, (_, channel) =>
			Float32Array.from({ length: frames }, (_, frame) =>
				readSample(bytes, frame * frameBytes + channel * format.sampleBytes),
			),
		);
		yield { samples: toMono(channels), sampleRate: format.sampleRate };
	}
}

function findSound(file: InputFile): { format: WavFormat; start: number; end: number } {
	let format: WavFormat | undefined;
	for (let at = 12; at + 8 <= file.sizeBytes;) {
		const header = file.readAt(at, 8);
		const id = header.toString('latin1', 0, 4);
		const size = header.readUInt32LE(4);
		if (id === 'fmt ') format = toFormat(file.readAt(at + 8, Math.min(size, 40)));
		if (id === 'data' && format) return { format, ...toBounds(at + 8, size, file.sizeBytes) };
		at += 8 + size + (size % 2);
	}
	throw new UnreadableAudioError('damaged');
}

/** 0 and 0xffffffff are written by programs that stream and do not know the length beforehand. */
function toBounds(start: number, size: number, fileBytes: number) {
	const isKnown = size !== 0 && start + size <= fileBytes;
	return { start, end: isKnown ? start + size : fileBytes };
}

function toFormat(bytes: Buffer): WavFormat {
	if (bytes.length < 16) throw new UnreadableAudioError('damaged');
	const tag = bytes.readUInt16LE(0);
	const format = {
		tag: tag === EXTENSIBLE && bytes.length >= 26 ? bytes.readUInt16LE(24) : tag,
		channels: bytes.readUInt16LE(2),
		sampleRate: bytes.readUInt32LE(4),
		sampleBytes: Math.ceil(bytes.readUInt16LE(14) / 8),
	};
	const isSane = format.channels >= 1 && format.channels <= MAX_CHANNELS && format.sampleBytes > 0;
	if (!isSane) throw new UnreadableAudioError('damaged');
	return format;
}
