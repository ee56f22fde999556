import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import type { InputFile } from '../InputFile.ts';
import { toMono } from '../toMono.ts';
import type { SoundBlock } from '../VoiceThreadProtocol.ts';

interface DecodedChunk {
	channelData: Float32Array[];
	samplesDecoded: number;
	sampleRate: number;
}

interface StreamDecoder {
	ready: Promise<void>;
	decode(bytes: Uint8Array): Promise<DecodedChunk>;
	flush(): Promise<DecodedChunk>;
	free(): void;
}

/** The sound of a FLAC file, bare or in Ogg. */
export function readFlac(file: InputFile, start: number): AsyncGenerator<SoundBlock> {
	return readStream(new FLACDecoder(), file, start);
}

/** The sound of an Ogg/Vorbis file. */
export function readVorbis(file: InputFile, start: number): AsyncGenerator<SoundBlock> {
	return readStream(new OggVorbisDecoder(), file, start);
}

async function* readStream(
	decoder: StreamDecoder,
	file: InputFile,
	start: number,
): AsyncGenerator<SoundBlock> {
	await decoder.ready;
	for (const chunk of file.chunks(start)) yield* toBlocks(await decoder.decode(chunk));
	yield* toBlocks(await decoder.flush());
	decoder.free();
}

function* toBlocks({ channelData, samplesDecoded, sampleRate }: DecodedChunk) {
	if (samplesDecoded > 0) yield { samples: toMono(channelData), sampleRate };
}
