import type { SealedLocation } from '../sealed/SealedFile.ts';

/** What the thread is given: a file, and what it is taken for. */
export interface SecondsTask {
	input: SealedLocation;
	mimetype: string;
}

/** The one message a thread sends: what the file says of itself. All is undefined where it cannot be read. */
export interface PlayableFormat {
	durationSeconds?: number | undefined;
	hasAudio?: boolean | undefined;
	hasVideo?: boolean | undefined;
	/** Of a video, in pixels. */
	width?: number;
	height?: number;
	/** Its parts say that there should be more of it. */
	isCutOff?: boolean;
}
