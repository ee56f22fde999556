import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../../contract';
import {
	publishEndpoint,
	readPublishedEndpoint,
	withdrawEndpoint,
} from '../../../runner/ownership';

const endpoint = {
	url: 'http://127.0.0.1:3417',
	pid: 4242,
	startedAt: '2026-01-01T00:00:00.000Z',
	version: '0.1.0',
};

describe('publishEndpoint', () => {
	let dataDir: string;
	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'endpoint-'));
	});
	afterEach(() => rmSync(dataDir, { recursive: true }));

	it('writes a file that its owner alone can read, and leaves no drafts', () => {
		publishEndpoint(dataDir, endpoint);
		publishEndpoint(dataDir, { ...endpoint, pid: 4243 });
		expect(readPublishedEndpoint(dataDir)).toEqual({ ...endpoint, pid: 4243 });
		expect(readdirSync(dataDir)).toEqual([RUNNER_FILES.endpoint]);
		expect(statSync(join(dataDir, RUNNER_FILES.endpoint)).mode & 0o777).toBe(0o600);
	});

	it('is gone once withdrawn, and withdrawing nothing is fine', () => {
		publishEndpoint(dataDir, endpoint);
		withdrawEndpoint(dataDir);
		withdrawEndpoint(dataDir);
		expect(readPublishedEndpoint(dataDir)).toBeUndefined();
	});

	it.each(['', '{', '[]', 'null', '{"url":"nonsense","pid":1}', '{"url":"http://127.0.0.1:1"}'])(
		'takes %j for no endpoint',
		(text) => {
			writeFileSync(join(dataDir, RUNNER_FILES.endpoint), text);
			expect(readPublishedEndpoint(dataDir)).toBeUndefined();
		},
	);
});
