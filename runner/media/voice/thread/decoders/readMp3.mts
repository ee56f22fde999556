import { MPEGDecoder } from 'mpg123-decoder';
import type { InputFile } from '../InputFile.ts';
import { toMono } from '../toMono.ts';
import type { SoundBlock } from '../VoiceThreadProtocol.ts';

/** The sound of an MPEG audio stream (layers I to III); what is damaged is skipped. */
export async function* readMp3(file: InputFile, start: number): AsyncGenerator<SoundBlock> {
	const decoder = new MPEGDecoder();
	await decoder.ready;
	for (const chunk of file.chunks(start)) {
		const { channelData, samplesDecoded, sampleRate } = decoder.decode(chunk);
		if (samplesDecoded > 0) yield { samples: toMono(channelData), sampleRate };
	}
	decoder.free();
}
