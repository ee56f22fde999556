import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Starts an installed runner on an empty data folder, waits until it is ready and ends it in good order.
 * Throws with what it has said when it does not come so far.
 */
export async function startRunner(mainFile: string, dataDir: string): Promise<void> {
	const child = spawn(process.execPath, [mainFile], {
		env: {
			PATH: process.env.PATH,
			AWW_DATA_DIR: dataDir,
			AWW_PORT: '0',
			// Nobody listens on port 9: the program never leaves this machine.
			AWW_WHATSAPP_URL: 'ws://127.0.0.1:9',
		},
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const said: string[] = [];
	createInterface({ input: child.stderr }).on('line', (line) => {
		said.push(line);
		if (line.includes('The session runner is ready')) child.kill('SIGTERM');
	});
	const [code] = (await once(child, 'close')) as [number | null];
	const isReady = said.some((line) => line.includes('The session runner is ready'));
	if (!isReady || code !== 0) throw new Error(`It ended with ${code}:\n${said.join('\n')}`);
}
