import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { runningCode } from '../../handover/RunningCode';
import { DamagedFileError } from '../sealed/DamagedFileError';
import type { ConvertedAudio, VoiceReply, VoiceTask } from './thread/VoiceThreadProtocol';
import { UnreadableAudioError } from './UnreadableAudioError';

/** The index of a two-hour MP4 takes some 150 MB; WebAssembly's own memory does not count. */
const MAX_HEAP_MB = 512;

export interface ThreadLimits {
	signal?: AbortSignal | undefined;
	timeLimitMs: number;
}

/**
 * Converts in a thread of its own, which ends with the conversion: a decoder that crashes or never
 * comes back takes nothing else along. Throws `runner_replaced` when an update has taken its code away.
 */
export async function runVoiceThread(
	task: VoiceTask,
	{ signal, timeLimitMs }: ThreadLimits,
): Promise<ConvertedAudio> {
	signal?.throwIfAborted();
	runningCode.assertUnchanged();
	const worker = createWorker(task);
	const stop = new AbortController();
	const timer = setTimeout(
		() => stop.abort(new UnreadableAudioError('took_too_long')),
		timeLimitMs,
	);
	const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
	try {
		return toConverted(await readReply(worker, stopped));
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
}

function createWorker(task: VoiceTask): Worker {
	const source = extname(__filename) === '.ts' ? 'voiceThread.mts' : 'voiceThread.mjs';
	return new Worker(join(__dirname, 'thread', source), {
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

function readReply(worker: Worker, stopped: AbortSignal): Promise<VoiceReply> {
	return new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', (error: Error) => reject(toFailure(error)));
		worker.once('exit', () => reject(new UnreadableAudioError('damaged')));
		stopped.addEventListener('abort', () => reject(stopped.reason as Error), { once: true });
		if (stopped.aborted) reject(stopped.reason as Error);
	});
}

function toConverted(reply: VoiceReply): ConvertedAudio {
	if ('unreadable' in reply) throw new UnreadableAudioError(reply.unreadable);
	return reply.converted;
}

/** A full disk, say, is not the file's fault, nor what became of it on the disk; a decoder that breaks over it is. */
function toFailure(error: Error & { syscall?: string }): Error {
	if (error.name === 'DamagedFileError') return new DamagedFileError();
	return error.syscall ? error : new UnreadableAudioError('damaged', { cause: error });
}
