import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toEmbeddedKey } from '../../contract';
import type { RunnerConfig } from '../config';

/** Where n8n's nodes start their runner unless AWW_DATA_DIR names another folder. */
const EMBEDDED_FOLDER = 'api-whatsapp-web';

/**
 * n8n gives its embedded runner a key derived from its own. A command on that runner's data folder,
 * which lies beside n8n's settings, finds the key there, or in N8N_ENCRYPTION_KEY. It opens what it
 * has sealed and never takes another key's place: a key of the configuration, or of the folder's own,
 * counts where that is the one. New data gets it only in the folder that is n8n's without a doubt: a
 * runner that is started by itself would not find it.
 */
export function withEmbeddedKey(
	config: RunnerConfig,
	env: Readonly<Record<string, string | undefined>>,
): RunnerConfig {
	const { dataDir, embeddedKey, encryptionKey, encryptionKeyFile } = config;
	if ((embeddedKey ?? encryptionKey ?? encryptionKeyFile) !== undefined) return config;
	const settings = readSettings(join(dirname(dataDir), 'config'));
	const isFilled = existsSync(join(dataDir, 'runner.db'));
	const n8nKey = isFilled ? (settings ?? env.N8N_ENCRYPTION_KEY) : toNewKey(dataDir, settings);
	return n8nKey ? { ...config, embeddedKey: toEmbeddedKey(n8nKey) } : config;
}

function toNewKey(dataDir: string, settings: string | undefined): string | undefined {
	const hasOwn = existsSync(join(dataDir, 'encryption-key'));
	return basename(dataDir) === EMBEDDED_FOLDER && !hasOwn ? settings : undefined;
}

/** Undefined for whatever is no settings file of n8n. */
function readSettings(path: string): string | undefined {
	try {
		const settings = JSON.parse(readFileSync(path, 'utf8')) as { encryptionKey?: unknown } | null;
		const key = settings?.encryptionKey;
		return typeof key === 'string' && key !== '' ? key : undefined;
	} catch {
		return undefined;
	}
}
