import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../../contract';
import {
	acquireOwnership,
	DataFolderOwnedError,
	DataFolderUnusableError,
	NetworkFolderError,
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

	it('takes other people’s access to the secrets in it away, such as a restored copy brings', () => {
		acquireOwnership(dataDir).release();
		const files = ['admin-key', 'encryption-key', 'media-key'];
		for (const name of files) writeFileSync(join(dataDir, name), 'x', { mode: 0o644 });
		mkdirSync(join(dataDir, 'media'), { mode: 0o755 });
		acquireOwnership(dataDir).release();
		const modeOf = (name: string) => statSync(join(dataDir, name)).mode & 0o777;
		expect(files.map(modeOf)).toEqual([0o600, 0o600, 0o600]);
		expect(modeOf('media')).toBe(0o700);
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

	it('is not kept out by what a container that is gone has left, whatever pid, host and time it names', () => {
		// Dead, and not closed: a power cut, or a container that was removed.
		const ownership = acquireOwnership(dataDir);
		const left = ['lock', 'endpoint'] as const;
		const copies = left.map((name) => [name, join(parent, name)] as const);
		publishEndpoint(dataDir, {
			...endpoint,
			// A process of another pid namespace; here that id is ours, and alive.
			pid: process.pid,
			url: 'http://container-of-yesterday:3417',
			startedAt: '2999-01-01T00:00:00.000Z',
		});
		for (const [name, copy] of copies) copyFileSync(join(dataDir, RUNNER_FILES[name]), copy);
		ownership.release();
		for (const [name, copy] of copies) copyFileSync(copy, join(dataDir, RUNNER_FILES[name]));
		acquireOwnership(dataDir).release();
	});

	it('neither a clock set back nor one set forward frees the folder or keeps it taken', async () => {
		const { child, answer } = await ownElsewhere();
		expect(answer).toBe('owned');
		for (const date of ['1970-01-02', '2099-01-01']) {
			utimesSync(join(dataDir, RUNNER_FILES.lock), new Date(date), new Date(date));
			expect(() => acquireOwnership(dataDir)).toThrow(DataFolderOwnedError);
		}
		child.kill('SIGKILL');
		await once(child, 'exit');
		acquireOwnership(dataDir).release();
	});

	it('takes a lock file anew that somebody has deleted, and keeps others out as before', async () => {
		const ownership = acquireOwnership(dataDir);
		expect(ownership.renew()).toBe(false);
		for (let round = 0; round < 2; round++) {
			rmSync(join(dataDir, RUNNER_FILES.lock));
			expect(ownership.renew()).toBe(true);
			expect(ownership.renew()).toBe(false);
		}
		expect((await ownElsewhere()).answer).toBe('DataFolderOwnedError');
		ownership.release();
		expect((await ownElsewhere()).answer).toBe('owned');
	});

	it('is lost when another process was quicker, whose things it leaves alone', async () => {
		const ownership = acquireOwnership(dataDir);
		rmSync(join(dataDir, RUNNER_FILES.lock));
		expect((await ownElsewhere()).answer).toBe('owned');
		publishEndpoint(dataDir, endpoint);
		expect(() => ownership.renew()).toThrow(DataFolderOwnedError);
		ownership.release();
		expect(readPublishedEndpoint(dataDir)).toEqual(endpoint);
	});

	it('refuses a network file system, with the ways out, before anything is written there', () => {
		const own = () => acquireOwnership(dataDir, () => 'nfs');
		expect(own).toThrow(NetworkFolderError);
		expect(own).toThrow(/network file system \(nfs\).*AWW_DATA_DIR.*Session runner at a URL/);
		expect(readdirSync(dataDir)).toEqual([]);
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
