import { join } from 'node:path';

/**
 * Where the embedded runner keeps its data: AWW_DATA_DIR, else a folder beside n8n's own data.
 * The user folder is found the way n8n finds it, so that every process of one n8n agrees.
 */
export function readDataDir(env: NodeJS.ProcessEnv = process.env): string {
	if (env.AWW_DATA_DIR) return env.AWW_DATA_DIR;
	const home = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
	const userFolder = env.N8N_USER_FOLDER ?? home ?? process.cwd();
	return join(userFolder, '.n8n', 'api-whatsapp-web');
}
