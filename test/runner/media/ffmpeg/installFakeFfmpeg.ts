import { chmod, writeFile } from 'node:fs/promises';

/** An ffmpeg that writes down its arguments, one a line, and then does as it is told. Gives its path. */
export async function installFakeFfmpeg(
	folder: { at: (name: string) => string },
	script: string,
): Promise<string> {
	const path = folder.at('ffmpeg');
	const lines = ['#!/bin/sh', `printf '%s\\n' "$@" > '${folder.at('arguments')}'`, script];
	await writeFile(path, lines.join('\n'));
	await chmod(path, 0o755);
	return path;
}
