import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { runFfmpeg } from '../ffmpeg/runFfmpeg';
import type { ThreadLimits } from '../runThread';
import { SealedFile, type SealedLocation } from '../sealed/SealedFile';
import { SealedWriter } from '../sealed/SealedWriter';
import { MAX_SECONDS, VOICE_BITS_PER_SECOND, VOICE_RATE } from './limits';
import { runVoiceThread } from './runVoiceThread';
import type { ConvertedAudio } from './thread/VoiceThreadProtocol';

export interface VoiceTask extends ThreadLimits {
	ffmpegPath: string;
	input: SealedLocation;
	output: string;
}

/** Formats that hold their sound themselves. */
const FORMATS =
	'mov,mp3,wav,w64,ogg,flac,matroska,aac,amr,aiff,caf,asf,avi,flv,mpegts,mpeg,au,ac3,eac3,ape,wv,tta,opus,voc';

/** Ogg/Opus, mono at 48 kHz, of the first sound track. */
const TO_OPUS = [
	...['-map', '0:a:0', '-map_metadata', '-1', '-vn', '-sn', '-dn'],
	// A little longer than allowed, so that the end of it is noticed as too long.
	...['-t', `${MAX_SECONDS + 5}`],
	...['-ac', '1', '-ar', `${VOICE_RATE}`, '-c:a', 'libopus', '-b:a', `${VOICE_BITS_PER_SECOND}`],
	...['-f', 'ogg'],
];

/** Where Ogg's first page names its codec. */
const CODEC_AT = { start: 28, end: 35 };

/**
 * ffmpeg makes Opus of the input, and the thread a voice note of that, as of any Opus file. `undefined`
 * when that is not for ffmpeg, or it failed: the built-in decoders get their turn and have the last word.
 */
export async function convertWithFfmpeg(task: VoiceTask): Promise<ConvertedAudio | undefined> {
	if (await isOggOpus(new SealedFile(task.input))) return undefined;
	const between = `${task.output}.ogg`;
	try {
		const opus = await runFfmpeg({ ...task, formats: FORMATS, output: TO_OPUS }, (stdout) =>
			// The built-in decoders write to the same disk, and say what is wrong with it.
			writeSealed(stdout, between),
		);
		if (!opus || opus.sizeBytes === 0) return undefined;
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

async function writeSealed(source: Readable, path: string): Promise<SealedLocation> {
	const file = await SealedWriter.create(path);
	try {
		for await (const bytes of source) await file.write(bytes as Buffer);
		return { path, ...(await file.finish()) };
	} finally {
		await file.close();
	}
}
