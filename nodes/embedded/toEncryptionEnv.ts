import { toEmbeddedKey } from '../../contract';
import { readN8nKey } from './readN8nKey';

/** The runner takes nothing shorter. */
const MIN_KEY_CHARACTERS = 32;

/**
 * The encryption key of an embedded runner, for its environment: derived from n8n's, which itself stays
 * with n8n. None when the user has given the runner a key, or n8n's cannot be read: the runner then
 * keeps one in its data folder, and goes on with that, as with the one of a folder that was used alone.
 */
export function toEncryptionEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const isGiven = env.AWW_ENCRYPTION_KEY?.trim() || env.AWW_ENCRYPTION_KEY_FILE?.trim();
	const key = isGiven ? undefined : readN8nKey(env);
	const previous = env.AWW_PREVIOUS_ENCRYPTION_KEY?.trim();
	return {
		...(key !== undefined && { AWW_EMBEDDED_KEY: toEmbeddedKey(key) }),
		...(previous && { AWW_PREVIOUS_ENCRYPTION_KEY: toPreviousKeys(previous) }),
	};
}

/** The user may mean n8n's former key, or one that was the runner's own: both are tried. */
function toPreviousKeys(previous: string): string {
	const own = previous.split(/\s+/).filter((key) => key.length >= MIN_KEY_CHARACTERS);
	return [toEmbeddedKey(previous), ...own].join(' ');
}
