import type { UnreadableReason } from '../UnreadableAudioError.ts';

/** What the thread is given: the audio, and where to write the voice note. */
export interface VoiceTask {
	input: string;
	output: string;
}

export interface ConvertedAudio {
	seconds: number;
	waveform: Uint8Array;
}

/** The one message a thread sends. */
export type VoiceReply = { converted: ConvertedAudio } | { unreadable: UnreadableReason };

/** Mono sound, a piece at a time. */
export interface SoundBlock {
	samples: Float32Array;
	sampleRate: number;
}

export type Sound = Iterable<SoundBlock> | AsyncIterable<SoundBlock>;
