import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { runningCode } from '../handover/RunningCode';
import { DamagedFileError } from './sealed/DamagedFileError';
import { UnreadableAudioError } from './voice/UnreadableAudioError';

/** The index of a two-hour MP4 takes some 150 MB; WebAssembly's own memory does not count. */
const MAX_HEAP_MB = 512;

export interface ThreadLimits {
	signal?: AbortSignal | undefined;
	timeLimitMs: number;
}

/**
 * Gives a file to a thread of its own, which ends with its one message: a decoder that crashes or never comes
 * back takes nothing else along. `script` is the path of its module without the extension. Throws
 * UnreadableAudioError, DamagedFileError, the signal's reason or what the disk says, and `runner_replaced` when
 * an update has taken its code away.
 */
export async function runThread<Reply>(
	script: string,
	task: unknown,
	{ signal, timeLimitMs }: ThreadLimits,
): Promise<Reply> {
	signal?.throwIfAborted();
	runningCode.assertUnchanged();
	const worker = createWorker(script, task);
	const stop = new AbortController();
	const timer = setTimeout(
		() => stop.abort(new UnreadableAudioError('took_too_long')),
		timeLimitMs,
	);
	const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
	try {
		return await readReply<Reply>(worker, stopped);
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
}

function createWorker(script: string, task: unknown): Worker {
	return new Worker(`${script}${extname(__filename) === '.ts' ? '.mts' : '.mjs'}`, {
		workerData: task,
		// Neither the environment nor the flags of this process are a decoder's business.
		env: {},
		execArgv: [],
		// Not read: what decoders print does not belong into the log.
		stdout: true,
		stderr: true,
		resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
	});
}

function readReply<Reply>(worker: Worker, stopped: AbortSignal): Promise<Reply> {
	return new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', (error: Error) => reject(toFailure(error)));
		worker.once('exit', () => reject(new UnreadableAudioError('damaged')));
		stopped.addEventListener('abort', () => reject(stopped.reason as Error), { once: true });
		if (stopped.aborted) reject(stopped.reason as Error);
	});
}

/** A full disk, say, is not the file's fault, nor what became of it on the disk; a decoder that breaks over it is. */
function toFailure(error: Error & { syscall?: string }): Error {
	if (error.name === 'DamagedFileError') return new DamagedFileError();
	return error.syscall ? error : new UnreadableAudioError('damaged', { cause: error });
}
