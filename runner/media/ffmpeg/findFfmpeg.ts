import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** The first ffmpeg on a PATH that can be run; `null` when there is none. Relative entries do not count. */
export async function findFfmpeg(pathVariable: string): Promise<string | null> {
	const name = platform() === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
	for (const folder of pathVariable.split(delimiter)) {
		const candidate = join(folder, name);
		if (isAbsolute(folder) && (await isRunnable(candidate))) return candidate;
	}
	return null;
}

async function isRunnable(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
