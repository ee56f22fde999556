import { readDataDir } from './readDataDir';
import { readAdminKey } from './readRunnerFiles';

/**
 * The admin key of this n8n's embedded runner, without starting or asking it.
 * @throws Error with a remedy when there is none yet or it cannot be read.
 */
export function readEmbeddedKey(): string {
	return readAdminKey(readDataDir());
}
