import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { type BinaryDataConfig, BinaryDataService, ErrorReporter } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** Lets n8n-core keep binary data in files, as n8n does by default. Gives what undoes it. */
export async function keepBinaryOnDisk(): Promise<{ folder: string; undo: () => void }> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-binary-'));
	const inMemory = Container.get(BinaryDataService);
	const onDisk = new BinaryDataService(
		{ mode: 'filesystem', localStoragePath: folder } as BinaryDataConfig,
		Container.get(ErrorReporter),
		Container.get(Logger),
	);
	await onDisk.init();
	Container.set(BinaryDataService, onDisk);
	return {
		folder,
		undo: () => {
			Container.set(BinaryDataService, inMemory);
			rmSync(folder, { recursive: true });
		},
	};
}

/** A file as a node before ours has put it out, kept where n8n keeps binary data now. */
export async function storeBinary(
	bytes: Buffer,
	meta: Partial<IBinaryData> = {},
): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'workflow-id', executionId: '1' } as const;
	const binary = { data: '', mimeType: 'application/octet-stream', ...meta };
	return await Container.get(BinaryDataService).store(location, bytes, binary);
}

/** The bytes of a file that a node has put out. */
export async function readBinary(binary: IBinaryData | undefined): Promise<Buffer> {
	if (!binary) throw new Error('There is no file');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}
