const TRY = 'Send MP3, WAV, M4A, AAC, OGG, Opus, FLAC or WebM';

/** Why a file cannot become a voice note, and what to do about it. */
const REASONS = {
	empty: {
		message: 'The file holds no sound',
		hint: 'Check the step that made the file: it is empty, or has no audio track.',
	},
	unknown_format: {
		message: 'The file is not audio of a known format',
		hint: `${TRY}; with ffmpeg installed beside the session runner it reads other formats too.`,
	},
	unknown_codec: {
		message: 'The sound in this file is coded in a way that cannot be read here',
		hint: `${TRY} (M4A with AAC); or install ffmpeg beside the session runner.`,
	},
	damaged: {
		message: 'The audio file is damaged',
		hint: 'Play the file to check it, and export it again.',
	},
	too_long: {
		message: 'The audio is longer than two hours',
		hint: 'Split it into several voice notes, or send it as a document.',
	},
	took_too_long: {
		message: 'Reading the audio file took too long',
		hint: 'Send a shorter file, or an Ogg/Opus file, which needs no conversion.',
	},
} as const;

export type UnreadableReason = keyof typeof REASONS;

/** The file cannot become a voice note; `hint` is the remedy. Never names the file or its content. */
export class UnreadableAudioError extends Error {
	override readonly name = 'UnreadableAudioError';
	readonly reason: UnreadableReason;
	readonly hint: string;

	// No parameter properties: Node runs this file from source in the converting thread.
	constructor(reason: UnreadableReason, options?: ErrorOptions) {
		super(REASONS[reason].message, options);
		this.reason = reason;
		this.hint = REASONS[reason].hint;
	}
}
