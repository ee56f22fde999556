import { spawn, type ChildProcess } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import type { Readable, Writable } from 'node:stream';
import { hasCode } from '../../../ownership/hasCode';
import { SealedFile, type SealedLocation } from '../../sealed/SealedFile';
import { SealedWriter } from '../../sealed/SealedWriter';
import { MAX_SECONDS, VOICE_BITS_PER_SECOND, VOICE_RATE } from '../limits';
import { toStreamable } from './toStreamable';
import type { FfmpegTask } from './convertWithFfmpeg';

/**
 * Formats that hold their sound themselves. Playlists (HLS, DASH, concat) are none of them: a file from
 * a stranger could name other files of this machine in one.
 */
const FORMATS =
	'mov,mp3,wav,w64,ogg,flac,matroska,aac,amr,aiff,caf,asf,avi,flv,mpegts,mpeg,au,ac3,eac3,ape,wv,tta,opus,voc';

/** What a pipe says that is not read to its end. */
const ENOUGH = ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];

/**
 * Makes Ogg/Opus, mono at 48 kHz, of the first sound track. Undefined when ffmpeg cannot. It reads and
 * writes pipes: nothing plain comes to the disk, and it has no file to open.
 */
export async function runFfmpeg(task: FfmpegTask): Promise<SealedLocation | undefined> {
	const { ffmpegPath, input, output, signal, timeLimitMs } = task;
	signal?.throwIfAborted();
	const child = spawn(ffmpegPath, ARGUMENTS, {
		// Keys may be in the runner's environment, and a decoder needs nothing of it.
		env: {},
		stdio: ['pipe', 'pipe', 'ignore'],
		windowsHide: true,
		timeout: timeLimitMs,
		killSignal: 'SIGKILL',
		signal,
	});
	const [code, opus, isWhole] = await Promise.all([
		untilClosed(child),
		// The built-in decoders write to the same disk, and say what is wrong with it.
		writeSealed(child.stdout, output).catch(() => undefined),
		feed(child.stdin, new SealedFile(input)),
	]);
	signal?.throwIfAborted();
	return code === 0 && isWhole && opus && opus.sizeBytes > 0 ? opus : undefined;
}

const ARGUMENTS = [
	...['-nostdin', '-hide_banner', '-loglevel', 'quiet'],
	...['-protocol_whitelist', 'pipe', '-format_whitelist', FORMATS],
	...['-i', 'pipe:0'],
	...['-map', '0:a:0', '-map_metadata', '-1', '-vn', '-sn', '-dn'],
	// A little longer than allowed, so that the end of it is noticed as too long.
	...['-t', `${MAX_SECONDS + 5}`],
	...['-ac', '1', '-ar', `${VOICE_RATE}`, '-c:a', 'libopus', '-b:a', `${VOICE_BITS_PER_SECOND}`],
	...['-f', 'ogg', 'pipe:1'],
];

function untilClosed(child: ChildProcess): Promise<number | null> {
	return new Promise((settle) => {
		// Not found, not executable or aborted: `close` follows, when nothing writes any more.
		child.on('error', () => undefined);
		child.on('close', settle);
	});
}

/** Whether ffmpeg was given all that it wanted. It may have read enough before the end. */
async function feed(stdin: Writable, input: SealedFile): Promise<boolean> {
	try {
		await pipeline(toStreamable(input), stdin);
		return true;
	} catch (error) {
		return ENOUGH.some((code) => hasCode(error, code));
	}
}

async function writeSealed(source: Readable, path: string): Promise<SealedLocation> {
	const file = await SealedWriter.create(path);
	try {
		for await (const bytes of source) await file.write(bytes as Buffer);
		return { path, ...(await file.finish()) };
	} finally {
		await file.close();
	}
}
