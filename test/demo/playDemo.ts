import type { Narrator } from './Narrator';
import { Stage } from './Stage';
import { tellStory } from './tellStory';

/** Plays the story once and clears up, whatever happens; false when it failed or was aborted. */
export async function playDemo(narrator: Narrator, signal: AbortSignal): Promise<boolean> {
	const stage = new Stage();
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error));
	});
	try {
		await Promise.race([tellStory(narrator, stage), aborted]);
		const seconds = (performance.now() / 1000).toFixed(1);
		narrator.end(
			`All five webhooks arrived, every signature was right (${seconds} s).`,
			'README.md says how to install the nodes in n8n and link a real phone.',
		);
		return true;
	} catch (error) {
		narrator.failure(error instanceof Error ? error.message : String(error), stage.runnerLog);
		return false;
	} finally {
		await stage.clear();
	}
}
