import { open, rm } from 'node:fs/promises';
import { runVoiceThread, type ThreadLimits } from '../runVoiceThread';
import type { ConvertedAudio } from '../thread/VoiceThreadProtocol';
import { runFfmpeg } from './runFfmpeg';

export interface FfmpegTask extends ThreadLimits {
	ffmpegPath: string;
	input: string;
	output: string;
}

/**
 * ffmpeg makes Opus of the input, and the thread a voice note of that, as of any Opus file. `undefined`
 * when that is not for ffmpeg, or it failed: the built-in decoders get their turn and have the last word.
 */
export async function convertWithFfmpeg(task: FfmpegTask): Promise<ConvertedAudio | undefined> {
	if (await isOggOpus(task.input)) return undefined;
	const between = `${task.output}.ogg`;
	try {
		if (!(await runFfmpeg({ ...task, output: between }))) return undefined;
		return await runVoiceThread({ input: between, output: task.output }, task);
	} finally {
		await rm(between, { force: true });
	}
}

/** Opus passes through as it is. */
async function isOggOpus(input: string): Promise<boolean> {
	const file = await open(input);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(36), 0, 36, 0);
		return buffer.toString('latin1', 28, Math.min(36, bytesRead)) === 'OpusHead';
	} finally {
		await file.close();
	}
}
