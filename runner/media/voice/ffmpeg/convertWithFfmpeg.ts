import { rm } from 'node:fs/promises';
import { SealedFile, type SealedLocation } from '../../sealed/SealedFile';
import type { ThreadLimits } from '../../runThread';
import { runVoiceThread } from '../runVoiceThread';
import type { ConvertedAudio } from '../thread/VoiceThreadProtocol';
import { runFfmpeg } from './runFfmpeg';

export interface FfmpegTask extends ThreadLimits {
	ffmpegPath: string;
	input: SealedLocation;
	output: string;
}

/** Where Ogg's first page names its codec. */
const CODEC_AT = { start: 28, end: 35 };

/**
 * ffmpeg makes Opus of the input, and the thread a voice note of that, as of any Opus file. `undefined`
 * when that is not for ffmpeg, or it failed: the built-in decoders get their turn and have the last word.
 */
export async function convertWithFfmpeg(task: FfmpegTask): Promise<ConvertedAudio | undefined> {
	if (await isOggOpus(new SealedFile(task.input))) return undefined;
	const between = `${task.output}.ogg`;
	try {
		const opus = await runFfmpeg({ ...task, output: between });
		if (!opus) return undefined;
		return await runVoiceThread({ input: opus, output: task.output }, task);
	} finally {
		await rm(between, { force: true });
	}
}

/** Opus passes through as it is. */
async function isOggOpus(input: SealedFile): Promise<boolean> {
	if (input.sizeBytes <= CODEC_AT.end) return false;
	return (await input.read(CODEC_AT)).toString('latin1') === 'OpusHead';
}
