import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MAX_SECONDS, VOICE_BITS_PER_SECOND, VOICE_RATE } from '../limits';
import type { FfmpegTask } from './convertWithFfmpeg';

/**
 * Formats that hold their sound themselves. Playlists (HLS, DASH, concat) are none of them: a file from
 * a stranger could name other files of this machine in one.
 */
const FORMATS =
	'mov,mp3,wav,w64,ogg,flac,matroska,aac,amr,aiff,caf,asf,avi,flv,mpegts,mpeg,au,ac3,eac3,ape,wv,tta,opus,voc';

/** Makes Ogg/Opus, mono at 48 kHz, of the first sound track. False when ffmpeg cannot. */
export async function runFfmpeg(task: FfmpegTask): Promise<boolean> {
	const { ffmpegPath, input, output, signal, timeLimitMs } = task;
	signal?.throwIfAborted();
	const child = spawn(ffmpegPath, toArguments(resolve(input), resolve(output)), {
		// Keys may be in the runner's environment, and a decoder needs nothing of it.
		env: {},
		stdio: 'ignore',
		windowsHide: true,
		timeout: timeLimitMs,
		killSignal: 'SIGKILL',
		signal,
	});
	const code = await new Promise<number | null>((settle) => {
		// Not found, not executable or aborted: `close` follows, when nothing writes any more.
		child.on('error', () => undefined);
		child.on('close', settle);
	});
	signal?.throwIfAborted();
	return code === 0 && (await hasContent(output));
}

function toArguments(input: string, output: string): string[] {
	return [
		...['-nostdin', '-hide_banner', '-loglevel', 'quiet', '-y'],
		...['-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS],
		...['-i', `file:${input}`],
		...['-map', '0:a:0', '-map_metadata', '-1', '-vn', '-sn', '-dn'],
		// A little longer than allowed, so that the end of it is noticed as too long.
		...['-t', `${MAX_SECONDS + 5}`],
		...['-ac', '1', '-ar', `${VOICE_RATE}`, '-c:a', 'libopus', '-b:a', `${VOICE_BITS_PER_SECOND}`],
		...['-f', 'ogg', `file:${output}`],
	];
}

async function hasContent(path: string): Promise<boolean> {
	const found = await stat(path).catch(() => undefined);
	return found !== undefined && found.size > 0;
}
