import { join } from 'node:path';
import { runThread, type ThreadLimits } from '../runThread';
import type { ConvertedAudio, VoiceReply, VoiceTask } from './thread/VoiceThreadProtocol';
import { UnreadableAudioError } from './UnreadableAudioError';

const SCRIPT = join(__dirname, 'thread', 'voiceThread');

/** Converts in a thread of its own. Throws what `runThread` does. */
export async function runVoiceThread(
	task: VoiceTask,
	limits: ThreadLimits,
): Promise<ConvertedAudio> {
	const reply = await runThread<VoiceReply>(SCRIPT, task, limits);
	if ('unreadable' in reply) throw new UnreadableAudioError(reply.unreadable);
	return reply.converted;
}
