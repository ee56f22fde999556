import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RUNNER_FILES, toPublishedRunner, type PublishedRunner } from '../../contract';
import { writePrivateFile } from './writePrivateFile';

/** Tells other processes of the machine where this runner listens. Replaces the file as a whole. */
export function publishEndpoint(dataDir: string, endpoint: PublishedRunner): void {
	writePrivateFile(join(dataDir, RUNNER_FILES.endpoint), `${JSON.stringify(endpoint)}\n`);
}

/** Takes the published endpoint back; nothing happens when there is none. */
export function withdrawEndpoint(dataDir: string): void {
	rmSync(join(dataDir, RUNNER_FILES.endpoint), { force: true });
}

/** What the owner of the folder has published; undefined when there is nothing readable. */
export function readPublishedEndpoint(dataDir: string): PublishedRunner | undefined {
	try {
		return toPublishedRunner(readFileSync(join(dataDir, RUNNER_FILES.endpoint), 'utf8'));
	} catch {
		return undefined;
	}
}
