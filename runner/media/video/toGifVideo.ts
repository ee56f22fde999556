import { ApiError } from '../../ApiError';
import { readAtMost } from '../ffmpeg/readAtMost';
import { runFfmpeg } from '../ffmpeg/runFfmpeg';
import { ANYBODY, type Turn } from '../../limits/FairTurns';
import type { SealedFile } from '../sealed/SealedFile';
import { readAnnexB } from './readAnnexB';
import { toMp4 } from './toMp4';
import { videoTurns } from './videoTurns';

/** What a phone shows of a moving picture in a chat is hardly wider. */
const MAX_SIDE_PX = 720;
const FRAMES_PER_SECOND = 25;
const MAX_SECONDS = 60;
/** WhatsApp's own limit for videos. */
const MAX_BYTES = 16_000_000;
const TIME_LIMIT_MS = 60_000;

export interface GifVideo {
	/** H.264 without sound, in MP4. */
	mp4: Buffer;
	width: number;
	height: number;
	seconds: number;
}

export interface GifVideoOptions {
	/** Null where there is none. */
	ffmpegPath: string | null;
	/** Of the GIF, in pixels. */
	width: number;
	height: number;
	/** Whose it is. */
	turn?: Turn;
	timeLimitMs?: number;
}

/**
 * A moving GIF as the video that WhatsApp plays as one. Throws `media_not_readable` where that cannot be
 * made, `rate_limited`, or the signal's reason.
 */
export async function toGifVideo(
	content: Pick<SealedFile, 'location'>,
	{ ffmpegPath, turn = ANYBODY, timeLimitMs = TIME_LIMIT_MS, ...size }: GifVideoOptions,
): Promise<GifVideo> {
	if (!ffmpegPath) throw toNotMade('needs ffmpeg beside the session runner: install it there');
	const shown = toShownSize(size);
	const task = { ffmpegPath, input: content.location, formats: 'gif', output: toOutput(shown) };
	const stream = await videoTurns.run(turn, () =>
		runFfmpeg({ ...task, signal: turn.signal, timeLimitMs }, (stdout) =>
			readAtMost(stdout, MAX_BYTES),
		),
	);
	const video = stream && readAnnexB(stream);
	if (!video) throw toNotMade('could not be made by ffmpeg: the GIF may be damaged or too large');
	if (video.frames.length > MAX_SECONDS * FRAMES_PER_SECOND) {
		throw toNotMade(`may play for ${MAX_SECONDS} seconds, and this GIF plays longer`);
	}
	const seconds = Math.max(1, Math.round(video.frames.length / FRAMES_PER_SECOND));
	const mp4 = toMp4(video, { ...shown, framesPerSecond: FRAMES_PER_SECOND });
	return { mp4, ...shown, seconds };
}

/** H.264 stores a colour for two by two pixels: sides are even. */
function toShownSize({ width, height }: { width: number; height: number }) {
	const scale = Math.min(1, MAX_SIDE_PX / Math.max(width, height));
	const toEven = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
	return { width: toEven(width), height: toEven(height) };
}

function toOutput({ width, height }: { width: number; height: number }): string[] {
	const filters = [
		...[`fps=${FRAMES_PER_SECOND}`, `scale=${width}:${height}`, 'format=rgba'],
		// What is transparent becomes white, as in pictures.
		'split[a][b];[a]drawbox=c=white@1:t=fill:replace=1[w];[w][b]overlay=shortest=1',
		'format=yuv420p',
	];
	return [
		...['-map', '0:v:0', '-map_metadata', '-1', '-an', '-sn', '-dn'],
		// A little longer than allowed, so that the end of it is noticed as too long.
		...['-t', `${MAX_SECONDS + 1}`, '-vf', filters.join(',')],
		...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-bf', '0', '-threads', '1'],
		...['-x264-params', 'aud=1:bframes=0', '-f', 'h264'],
	];
}

function toNotMade(reason: string): ApiError {
	return new ApiError(
		'media_not_readable',
		`A GIF that moves is sent as a video, which ${reason}. Send an MP4 file with /api/video and "gif": true, or the GIF with /api/document or /api/sticker.`,
	);
}
