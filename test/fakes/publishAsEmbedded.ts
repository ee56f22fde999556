import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../contract';
import { stopEmbeddedRunners } from '../../nodes/embedded/findOrStartRunner';
import { acquireOwnership, publishEndpoint } from '../../runner/ownership';
import type { FakeRunner } from './FakeRunner';

/**
 * Lets the nodes find a fake where the embedded session runner of this n8n would be: a data folder of
 * its own, owned and published as a runner does. Gives what undoes it.
 */
export function publishAsEmbedded(runner: FakeRunner): () => Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'aww-embedded-'));
	const ownership = acquireOwnership(dataDir);
	writeFileSync(join(dataDir, RUNNER_FILES.adminKey), runner.adminKey);
	publishEndpoint(dataDir, {
		url: runner.url,
		pid: process.pid,
		startedAt: '2026-01-01T00:00:00.000Z',
		// Not older than the nodes: it would be asked to make room for their runner.
		version: '999.0.0',
	});
	const { AWW_DATA_DIR } = process.env;
	process.env.AWW_DATA_DIR = dataDir;
	return async () => {
		if (AWW_DATA_DIR === undefined) delete process.env.AWW_DATA_DIR;
		else process.env.AWW_DATA_DIR = AWW_DATA_DIR;
		await stopEmbeddedRunners();
		ownership.release();
		rmSync(dataDir, { recursive: true });
	};
}
