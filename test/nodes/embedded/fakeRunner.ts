import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
	acquireOwnership,
	createAdminKey,
	DataFolderOwnedError,
	followParent,
	publishEndpoint,
	type Ownership,
} from '../../../runner/ownership';
import { EXIT_OWNED_BY_ANOTHER } from '../../../contract';

/**
 * Run on its own: a runner with the real lock, the real files and nothing else. AWW_FAKE tells it to
 * misbehave; `/crash` kills it, `/env` lists the names of its environment.
 */
const dataDir = process.env.AWW_DATA_DIR ?? '';

if (process.env.AWW_FAKE === 'fails') {
	console.error('the port is made of cheese');
	process.exit(3);
}

if (process.env.AWW_FAKE === 'yieldsAtFirst') {
	// As when another process's runner was quicker, and is gone again.
	const mark = join(dataDir, 'yielded');
	if (!existsSync(mark)) {
		writeFileSync(mark, '');
		process.exit(EXIT_OWNED_BY_ANOTHER);
	}
}

const ownership = own();
createAdminKey(dataDir);
const server = createServer((request, response) => {
	if (request.url === '/crash') process.kill(process.pid, 'SIGKILL');
	if (request.url === '/env') response.end(JSON.stringify(Object.keys(process.env)));
	else response.writeHead(process.env.AWW_FAKE === 'neverReady' ? 503 : 200).end('{}');
});
server.listen(Number(process.env.AWW_PORT), process.env.AWW_HOST, () => {
	const { port } = server.address() as AddressInfo;
	publishEndpoint(dataDir, {
		url: `http://127.0.0.1:${port}`,
		pid: process.pid,
		startedAt: new Date().toISOString(),
		version: '0.0.0',
	});
});

followParent(process, stop);
process.once('SIGTERM', stop);

function stop(): void {
	ownership.release();
	process.exit(0);
}

function own(): Ownership {
	try {
		return acquireOwnership(dataDir);
	} catch (error) {
		if (error instanceof DataFolderOwnedError) process.exit(EXIT_OWNED_BY_ANOTHER);
		throw error;
	}
}
