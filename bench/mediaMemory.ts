import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaHost } from '../test/simulator/media/MediaHost';
import { MediaStore } from '../test/simulator/media/MediaStore';
import type { MediaTransfer } from './mediaMemoryProcess';

const MB = 1024 * 1024;

/**
 * `node -r @swc-node/register bench/mediaMemory.ts [megabytes]`: how much a process grows while it uploads
 * and downloads one file. The media host is in this process, what is measured in a process of its own.
 */
async function main(megabytes: number): Promise<void> {
	const store = new MediaStore();
	const host = await MediaHost.start(store);
	const folder = await mkdtemp(join(tmpdir(), 'aww-bench-media-'));
	try {
		const content = Buffer.alloc(megabytes * MB, 'media');
		const { directPath, ...keys } = store.upload(content, 'document');
		const path = join(folder, 'plain');
		await writeFile(path, content);
		const transfer: MediaTransfer = {
			host: store.host,
			path,
			pointer: {
				kind: 'document',
				directPath,
				url: null,
				mediaKey: keys.mediaKey.toString('base64'),
				fileSha256: keys.fileSha256.toString('base64'),
				fileEncSha256: keys.fileEncSha256.toString('base64'),
				fileLength: keys.fileLength,
			},
		};
		for (const direction of ['upload', 'download'] as const) {
			process.stdout.write(`${await measure(direction, transfer, host.caCertificateFile)}\n`);
		}
	} finally {
		await rm(folder, { recursive: true });
		await host.stop();
	}
}

async function measure(
	direction: string,
	transfer: MediaTransfer,
	caCertificateFile: string,
): Promise<string> {
	const child = fork(join(__dirname, 'mediaMemoryProcess.ts'), [direction], {
		execArgv: ['-r', '@swc-node/register', '--disable-warning=ExperimentalWarning'],
		env: { ...process.env, NODE_EXTRA_CA_CERTS: caCertificateFile },
	});
	child.send(transfer);
	const ended = once(child, 'exit').then(() => {
		throw new Error(`The ${direction} failed`);
	});
	const [line] = (await Promise.race([once(child, 'message'), ended])) as [string];
	ended.catch(() => undefined);
	return line;
}

main(Number(process.argv[2] ?? 64)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
