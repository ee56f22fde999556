import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { ANYBODY, FairTurns, type Turn } from '../../limits/FairTurns';
import type { SealedLocation } from '../sealed/SealedFile';
import type { Written } from '../writeHashed';
import { convertWithFfmpeg } from './convertWithFfmpeg';
import { TIME_LIMIT_MS } from './limits';
import { runVoiceThread } from './runVoiceThread';

export interface VoiceNote extends Written {
	path: string;
	mimetype: 'audio/ogg; codecs=opus';
	/** Whole seconds, at least one. */
	seconds: number;
	/** 64 values from 0 to 100, as WhatsApp's phones write them. */
	waveform: Uint8Array;
}

export interface VoiceNoteOptions {
	input: SealedLocation;
	/** Path of the voice note, which is sealed as well. */
	output: string;
	/** Whose it is. */
	turn?: Turn;
	/** Used where it is, with the built-in decoders behind it. */
	ffmpegPath?: string | null | undefined;
	timeLimitMs?: number;
}

/** One processor is left to everything else, where there are more than two. */
const count = Math.max(2, availableParallelism() - 1);
/** A conversion may take minutes: there is always a place for somebody else's. */
const turns = new FairTurns({ count, perOwner: count - 1 });

/**
 * Converts the audio file `input` into a voice note at `output`: written under another name, renamed
 * when complete. Throws UnreadableAudioError, `rate_limited`, the signal's reason, or what the disk says; nothing is
 * left behind then.
 */
export async function toVoiceNote(options: VoiceNoteOptions): Promise<VoiceNote> {
	const { output, turn = ANYBODY } = options;
	const partial = `${output}.${randomUUID()}.part`;
	try {
		const converted = await turns.run(turn, () => convert(options, partial));
		turn.signal?.throwIfAborted();
		await rename(partial, output);
		return { path: output, mimetype: 'audio/ogg; codecs=opus', ...converted };
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
}

async function convert(options: VoiceNoteOptions, output: string) {
	const { input, turn = ANYBODY, ffmpegPath, timeLimitMs = TIME_LIMIT_MS } = options;
	const limits = { signal: turn.signal, timeLimitMs };
	const converted = ffmpegPath
		? await convertWithFfmpeg({ ffmpegPath, input, output, ...limits })
		: undefined;
	return converted ?? (await runVoiceThread({ input, output }, limits));
}
