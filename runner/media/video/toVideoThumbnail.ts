import { readAtMost } from '../ffmpeg/readAtMost';
import { runFfmpeg } from '../ffmpeg/runFfmpeg';
import { ANYBODY, type Turn } from '../../limits/FairTurns';
import type { SealedFile } from '../sealed/SealedFile';
import { videoTurns } from './videoTurns';

/** What WhatsApp takes for a video. */
const FORMATS = 'mov';
const MAX_BYTES = 64_000;
const TIME_LIMIT_MS = 10_000;

/** The first picture, 72 px wide like the thumbnails of images. */
const TO_JPEG = [
	...['-map', '0:v:0', '-map_metadata', '-1', '-an', '-sn', '-dn', '-frames:v', '1'],
	...['-vf', 'scale=72:720:force_original_aspect_ratio=decrease,format=yuvj420p'],
	...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe'],
];

export interface VideoThumbnailOptions {
	/** Null where there is none. */
	ffmpegPath: string | null;
	/** Whose it is. */
	turn?: Turn;
	timeLimitMs?: number;
}

/**
 * A small JPEG of how a video begins; null without ffmpeg, and for what it cannot show in time: the video
 * is worth more than its picture. Throws `rate_limited`, or the signal's reason.
 */
export async function toVideoThumbnail(
	content: Pick<SealedFile, 'location'>,
	{ ffmpegPath, turn = ANYBODY, timeLimitMs = TIME_LIMIT_MS }: VideoThumbnailOptions,
): Promise<Uint8Array | null> {
	if (!ffmpegPath) return null;
	const { signal } = turn;
	const task = { ffmpegPath, input: content.location, formats: FORMATS, output: TO_JPEG };
	const jpeg = await videoTurns.run(turn, () =>
		runFfmpeg({ ...task, signal, timeLimitMs }, (stdout) => readAtMost(stdout, MAX_BYTES)),
	);
	return jpeg && isJpeg(jpeg) ? jpeg : null;
}

function isJpeg(bytes: Buffer): boolean {
	return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8;
}
