import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '../../ApiError';
import { ANYBODY, FairTurns, type Turn } from '../../limits/FairTurns';
import { runThread } from '../runThread';
import type { SealedFile } from '../sealed/SealedFile';
import { UnreadableAudioError } from '../voice/UnreadableAudioError';
import type { PlayableFormat, SecondsTask } from './SecondsThreadProtocol';

/** A file, and what it is taken for. */
interface PlayableFile {
	content: Pick<SealedFile, 'location'>;
	mimetype: string;
}

export interface PlaybackOptions {
	/** Whose file it is. */
	turn?: Turn;
	timeLimitMs?: number;
}

/** What a phone shows of it before it plays. */
export interface Playback {
	seconds: number | null;
	/** Of a video, in pixels. */
	width: number | null;
	height: number | null;
}

const SCRIPT = join(__dirname, 'secondsThread');

/** Honest files take a fraction of a second; others are made to take minutes, of millions of tiny parts. */
const TIME_LIMIT_MS = 5000;

/** One file an owner at a time, and always a place for somebody else's. */
const turns = new FairTurns({ count: Math.max(2, availableParallelism() - 1), perOwner: 1 });

/**
 * How long it plays, and how large a video is; null what its format does not tell, or not in time: without it
 * phones only show no time.
 * Throws `media_invalid` for a file that is cut off, and for one that holds nothing of its kind;
 * `rate_limited`, `runner_replaced`, or the signal's reason.
 */
export async function readPlayback(
	kind: 'audio' | 'video',
	file: PlayableFile,
	options: PlaybackOptions = {},
): Promise<Playback> {
	const format = await readFormat(file, options);
	assertHolds(kind, format);
	const { durationSeconds, width = null, height = null } = format;
	const seconds = durationSeconds === undefined ? null : Math.max(1, Math.round(durationSeconds));
	return { seconds, width, height };
}

async function readFormat(
	{ content, mimetype }: PlayableFile,
	{ turn = ANYBODY, timeLimitMs = TIME_LIMIT_MS }: PlaybackOptions,
): Promise<PlayableFormat> {
	const task: SecondsTask = { input: content.location, mimetype };
	const limits = { signal: turn.signal, timeLimitMs };
	try {
		return await turns.run(turn, () => runThread<PlayableFormat>(SCRIPT, task, limits));
	} catch (error) {
		if (error instanceof UnreadableAudioError) return {};
		throw error;
	}
}

function assertHolds(
	kind: 'audio' | 'video',
	{ hasAudio, hasVideo, isCutOff }: PlayableFormat,
): void {
	if (isCutOff) {
		throw new ApiError('media_invalid', 'The file is damaged or cut off: export it again.');
	}
	if (kind === 'audio' && hasAudio === false) {
		throw new ApiError('media_invalid', 'The file holds no sound, only what is said about it.');
	}
	if (kind === 'video' && hasVideo === false) {
		throw new ApiError('media_invalid', 'The file holds no picture; send it with /api/audio.');
	}
}
