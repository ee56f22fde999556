import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableAudioError } from '../UnreadableAudioError.ts';
import { convertAudio } from './convertAudio.mts';
import type { VoiceReply, VoiceTask } from './VoiceThreadProtocol.ts';

// The decoders report every damaged frame; a bad file could fill the log with them.
Object.assign(console, { log: ignore, warn: ignore, error: ignore });

/** Converts one file, answers with one message and ends. What it does not answer for ends it with an error. */
parentPort?.postMessage(await reply(workerData as VoiceTask));

async function reply(task: VoiceTask): Promise<VoiceReply> {
	try {
		return { converted: await convertAudio(task) };
	} catch (error) {
		if (error instanceof UnreadableAudioError) return { unreadable: error.reason };
		throw error;
	}
}

function ignore(): void {
	return undefined;
}
