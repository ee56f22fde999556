import { UnreadableAudioError } from '../UnreadableAudioError.ts';
import type { OpusStream } from './decoders/OpusStream.ts';
import { encodeSound } from './encodeSound.mts';
import { InputFile } from './InputFile.ts';
import { decodeOpus, passOpus } from './passOpus.mts';
import { readWav } from './readWav.ts';
import { sniffAudio, type SniffedAudio } from './sniffAudio.ts';
import type { ConvertedAudio, Sound, VoiceTask } from './VoiceThreadProtocol.ts';

/** Reads the audio and writes the voice note; throws UnreadableAudioError, or what the disk throws. */
export async function convertAudio({ input, output }: VoiceTask): Promise<ConvertedAudio> {
	const file = new InputFile(input);
	try {
		if (file.sizeBytes === 0) throw new UnreadableAudioError('empty');
		const audio = sniffAudio(file);
		if (!audio) throw new UnreadableAudioError('unknown_format');
		const opus = await openOpus(file, audio);
		if (opus?.channels === 1) return await passOpus(opus, output);
		return await encodeSound(opus ? decodeOpus(opus) : await openSound(file, audio), output);
	} finally {
		file.close();
	}
}

async function openOpus(file: InputFile, audio: SniffedAudio): Promise<OpusStream | undefined> {
	const { format, start } = audio;
	if (format === 'ogg-opus') {
		return (await import('./decoders/readOggOpus.mts')).readOggOpus(file, start);
	}
	if (format !== 'webm') return undefined;
	return (await import('./decoders/readWebmOpus.ts')).readWebmOpus(file);
}

/** Each file needs one decoder; loading them all takes longer than converting a short note. */
async function openSound(file: InputFile, { format, start }: SniffedAudio): Promise<Sound> {
	switch (format) {
		case 'wav':
			return readWav(file);
		case 'mp3':
			return (await import('./decoders/readMp3.mts')).readMp3(file, start);
		case 'aac':
		case 'mp4':
			return await openAac(file, { format, start });
		case 'flac':
		case 'ogg-flac':
			return (await import('./decoders/readXiph.mts')).readFlac(file, start);
		case 'ogg-vorbis':
			return (await import('./decoders/readXiph.mts')).readVorbis(file, start);
		default:
			throw new UnreadableAudioError('unknown_codec');
	}
}

async function openAac(file: InputFile, { format, start }: SniffedAudio): Promise<Sound> {
	const { decodeAac } = await import('./decoders/decodeAac.mts');
	if (format === 'mp4') {
		return decodeAac((await import('./decoders/readMp4Frames.mts')).readMp4Frames(file));
	}
	return decodeAac((await import('./decoders/adts.ts')).readAdtsFrames(file, start));
}
