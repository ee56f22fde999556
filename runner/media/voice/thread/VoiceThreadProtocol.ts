import type { KeyObject } from 'node:crypto';
import type { SealedLocation } from '../../sealed/SealedFile.ts';
import type { UnreadableReason } from '../UnreadableAudioError.ts';

/** What the thread is given: the audio, and the path to write the voice note to. */
export interface VoiceTask {
	input: SealedLocation;
	output: string;
}

export interface ConvertedAudio {
	seconds: number;
	waveform: Uint8Array;
	/** What opens the voice note. */
	key: KeyObject;
	/** Of the plain file. */
	sizeBytes: number;
	/** Hex, of the plain file. */
	sha256: string;
}

/** The one message a thread sends. */
export type VoiceReply = { converted: ConvertedAudio } | { unreadable: UnreadableReason };

/** Mono sound, a piece at a time. */
export interface SoundBlock {
	samples: Float32Array;
	sampleRate: number;
}

export type Sound = Iterable<SoundBlock> | AsyncIterable<SoundBlock>;
