import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../../contract';
import {
	acquireOwnership,
	DataFolderOwnedError,
	DataFolderUnusableError,
	publishEndpoint,
	readPublishedEndpoint,
} from '../../../runner/ownership';

const endpoint = {
	url: 'http://127.0.0.1:3417',
	pid: 4242,
	startedAt: '2026-01-01T00:00:00.000Z',
	version: '0.1.0',
};

// Real processes, on machines that are busy with other tests.
jest.setTimeout(90_000);

describe('acquireOwnership', () => {
	let parent: string;
	let dataDir: string;
	const children: ChildProcess[] = [];

	beforeEach(() => {
		parent = mkdtempSync(join(tmpdir(), 'ownership-'));
		dataDir = join(parent, 'data');
	});

	afterEach(() => {
		for (const child of children.splice(0)) child.kill('SIGKILL');
		rmSync(parent, { recursive: true, force: true });
	});

	/** A process that tries to own the folder, and what it says about it. */
	async function ownElsewhere(): Promise<{ child: ChildProcess; answer: unknown }> {
		const child = fork(join(__dirname, 'ownFolderProcess.ts'), [dataDir], {
			execArgv: ['-r', '@swc-node/register'],
		});
		children.push(child);
		const [answer] = (await once(child, 'message')) as [unknown];
		return { child, answer };
	}

	it('makes the data folder for its owner alone', () => {
		const ownership = acquireOwnership(dataDir);
		expect(statSync(dataDir).mode & 0o777).toBe(0o700);
		ownership.release();
	});

	it('takes other people’s access to an existing data folder away', () => {
		acquireOwnership(dataDir).release();
		chmodSync(dataDir, 0o755);
		acquireOwnership(dataDir).release();
		expect(statSync(dataDir).mode & 0o777).toBe(0o700);
	});

	it('keeps another process out for as long as the owner lives', async () => {
		const ownership = acquireOwnership(dataDir);
		expect((await ownElsewhere()).answer).toBe('DataFolderOwnedError');
		ownership.release();
		expect((await ownElsewhere()).answer).toBe('owned');
	});

	it('keeps a second owner in the same process out, without freeing the first', async () => {
		const ownership = acquireOwnership(dataDir);
		expect(() => acquireOwnership(dataDir)).toThrow(DataFolderOwnedError);
		expect((await ownElsewhere()).answer).toBe('DataFolderOwnedError');
		ownership.release();
	});

	it('is free again as soon as its owner was killed with SIGKILL', async () => {
		const { child, answer } = await ownElsewhere();
		expect(answer).toBe('owned');
		expect(() => acquireOwnership(dataDir)).toThrow(DataFolderOwnedError);
		child.kill('SIGKILL');
		await once(child, 'exit');
		acquireOwnership(dataDir).release();
	});

	it('names the holder and the ways out when the folder is taken', () => {
		const ownership = acquireOwnership(dataDir);
		publishEndpoint(dataDir, endpoint);
		expect(() => acquireOwnership(dataDir)).toThrow(
			/process 4242 at http:\/\/127\.0\.0\.1:3417.*stop it first.*AWW_DATA_DIR/,
		);
		ownership.release();
	});

	it('removes the endpoint that a dead owner left behind', () => {
		acquireOwnership(dataDir).release();
		publishEndpoint(dataDir, endpoint);
		const ownership = acquireOwnership(dataDir);
		expect(readPublishedEndpoint(dataDir)).toBeUndefined();
		ownership.release();
	});

	it('withdraws its endpoint on release, and being released twice harms nobody', () => {
		const ownership = acquireOwnership(dataDir);
		publishEndpoint(dataDir, endpoint);
		ownership.release();
		expect(readPublishedEndpoint(dataDir)).toBeUndefined();
		const next = acquireOwnership(dataDir);
		publishEndpoint(dataDir, endpoint);
		ownership.release();
		expect(readPublishedEndpoint(dataDir)).toEqual(endpoint);
		next.release();
	});

	it('says what to do when the folder cannot be made', () => {
		const file = join(parent, 'a file');
		writeFileSync(file, '');
		expect(() => acquireOwnership(join(file, 'data'))).toThrow(DataFolderUnusableError);
		expect(() => acquireOwnership(join(file, 'data'))).toThrow(/cannot be used: .*AWW_DATA_DIR/);
	});

	it('says what to do when the lock file is not what it should be', () => {
		acquireOwnership(dataDir).release();
		writeFileSync(join(dataDir, RUNNER_FILES.lock), 'x'.repeat(4096));
		expect(() => acquireOwnership(dataDir)).toThrow(DataFolderUnusableError);
	});
});
