import { spawn, type ChildProcess } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import type { Readable, Writable } from 'node:stream';
import { hasCode } from '../../ownership/hasCode';
import { SealedFile, type SealedLocation } from '../sealed/SealedFile';
import type { ThreadLimits } from '../runThread';
import { toStreamable } from './toStreamable';

export interface FfmpegTask extends ThreadLimits {
	ffmpegPath: string;
	input: SealedLocation;
	/** The formats it may read. Playlists (HLS, DASH, concat) must be none of them: a stranger's could name files of this machine. */
	formats: string;
	/** What it makes of its input. */
	output: readonly string[];
}

/** What a pipe says that is not read to its end. */
const ENOUGH = ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];

/**
 * Has ffmpeg make something of a file, and `take` take it. Undefined when either cannot. It reads and writes
 * pipes: nothing plain comes to the disk, and it has no file to open. Throws the signal's reason.
 */
export async function runFfmpeg<T>(
	{ ffmpegPath, input, formats, output, signal, timeLimitMs }: FfmpegTask,
	take: (stdout: Readable) => Promise<T>,
): Promise<T | undefined> {
	signal?.throwIfAborted();
	const child = spawn(ffmpegPath, [...toInput(formats), ...output, 'pipe:1'], {
		// Keys may be in the runner's environment, and a decoder needs nothing of it.
		env: {},
		stdio: ['pipe', 'pipe', 'ignore'],
		windowsHide: true,
		timeout: timeLimitMs,
		killSignal: 'SIGKILL',
		signal,
	});
	const [code, taken, isWhole] = await Promise.all([
		untilClosed(child),
		take(child.stdout).catch(() => undefined),
		feed(child.stdin, new SealedFile(input)),
	]);
	signal?.throwIfAborted();
	return code === 0 && isWhole ? taken : undefined;
}

function toInput(formats: string): string[] {
	return [
		...['-nostdin', '-hide_banner', '-loglevel', 'quiet'],
		...['-protocol_whitelist', 'pipe', '-format_whitelist', formats],
		...['-i', 'pipe:0'],
	];
}

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
