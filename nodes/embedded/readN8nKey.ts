import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readN8nFolder } from './readDataDir';

/**
 * The key n8n encrypts its credentials with, found the way n8n finds it, so that every process of one
 * n8n agrees: its settings file, else N8N_ENCRYPTION_KEY or the file that N8N_ENCRYPTION_KEY_FILE names.
 * Undefined when none of them can be read.
 */
export function readN8nKey(env: NodeJS.ProcessEnv = process.env): string | undefined {
	return readSettings(join(readN8nFolder(env), 'config')) ?? readEnv(env);
}

function readSettings(path: string): string | undefined {
	const text = readText(path);
	if (text === undefined) return undefined;
	try {
		const settings = JSON.parse(text) as { encryptionKey?: unknown } | null;
		const key = settings?.encryptionKey;
		return typeof key === 'string' && key !== '' ? key : undefined;
	} catch {
		return undefined;
	}
}

function readEnv(env: NodeJS.ProcessEnv): string | undefined {
	const { N8N_ENCRYPTION_KEY: key, N8N_ENCRYPTION_KEY_FILE: path } = env;
	if (key !== undefined) return key.trim().replace(/^(['"])(.*)\1$/, '$2') || undefined;
	return (path && readText(path)?.trim()) || undefined;
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
