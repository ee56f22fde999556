import { ApiError } from '../../ApiError';
import type { Turn } from '../../limits/FairTurns';
import type { MediaFile } from '../MediaFile';
import type { MediaStore } from '../MediaStore';
import { toVoiceNote, type VoiceNote } from './toVoiceNote';
import { UnreadableAudioError } from './UnreadableAudioError';

/** The file as a voice note in the store. Throws `media_not_readable` with what is wrong with it. */
export async function toVoiceDraft(
	file: MediaFile,
	{ store, ffmpegPath, turn }: { store: MediaStore; ffmpegPath: string | null; turn: Turn },
): Promise<{ file: MediaFile; seconds: number; waveform: Uint8Array }> {
	let voice: VoiceNote | undefined;
	try {
		const converted = await store.addWritten(
			async (output) => {
				const input = file.content.location;
				voice = await toVoiceNote({ input, output, ffmpegPath, turn });
				return voice;
			},
			{ mimetype: 'audio/ogg; codecs=opus', fileName: null },
		);
		if (!voice) throw new Error('The conversion was left out.');
		const { seconds, waveform, mimetype } = voice;
		return { file: { ...converted, mimetype }, seconds, waveform };
	} catch (error) {
		if (error instanceof UnreadableAudioError) {
			throw new ApiError('media_not_readable', `${error.message}. ${error.hint}`);
		}
		throw error;
	}
}
