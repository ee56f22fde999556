import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toEmbeddedKey } from '../../contract';
import type { RunnerConfig } from '../config';

/**
 * n8n gives its embedded runner a key derived from its own. A command on that runner's data folder,
 * which lies beside n8n's settings, finds the key there, or in N8N_ENCRYPTION_KEY. A key of the
 * configuration counts before it, and a folder with a key of its own is left to that: giving it
 * another would lock its runner out.
 */
export function withEmbeddedKey(
	config: RunnerConfig,
	env: Readonly<Record<string, string | undefined>>,
): RunnerConfig {
	if (config.encryptionKey !== undefined || config.encryptionKeyFile !== undefined) return config;
	const n8nKey =
		readSettings(join(dirname(config.dataDir), 'config')) ??
		(isSealedFromOutside(config.dataDir) ? env.N8N_ENCRYPTION_KEY : undefined);
	return n8nKey ? { ...config, encryptionKey: toEmbeddedKey(n8nKey) } : config;
}

/** There is data, and its key came from somewhere else. */
function isSealedFromOutside(dataDir: string): boolean {
	return existsSync(join(dataDir, 'runner.db')) && !existsSync(join(dataDir, 'encryption-key'));
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
