import { join } from 'node:path';

/** Where the embedded runner keeps its data: AWW_DATA_DIR, else a folder beside n8n's own data. */
export function readDataDir(env: NodeJS.ProcessEnv = process.env): string {
	return env.AWW_DATA_DIR || join(readN8nFolder(env), 'api-whatsapp-web');
}

/** The folder of n8n's data, found the way n8n finds it, so that every process of one n8n agrees. */
export function readN8nFolder(env: NodeJS.ProcessEnv): string {
	const home = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
	return join(env.N8N_USER_FOLDER ?? home ?? process.cwd(), '.n8n');
}
