import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedRunner } from '../../../contract';
import { EmbeddedRunner } from '../../../nodes/embedded/EmbeddedRunner';
import { isOwned } from '../../../nodes/embedded/readRunnerFiles';
import { acquireOwnership, publishEndpoint } from '../../../runner/ownership';

const fakeRunner = ['-r', '@swc-node/register', join(__dirname, 'fakeRunner.ts')];

/** No other than that of the fake. */
const build = { version: '0.0.0', code: () => undefined };

// Real processes, on machines that are busy with other tests.
jest.setTimeout(90_000);

describe('EmbeddedRunner', () => {
	let dataDir: string;
	const runners: EmbeddedRunner[] = [];
	const processes: ChildProcess[] = [];

	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
	});

	afterEach(async () => {
		for (const child of processes.splice(0)) child.kill('SIGKILL');
		await Promise.all(runners.splice(0).map((runner) => runner.stop()));
		await until(() => !isOwned(dataDir));
		rmSync(dataDir, { recursive: true });
	});

	function createRunner(options: { fake?: string; startTimeoutMs?: number } = {}): EmbeddedRunner {
		const runner = new EmbeddedRunner({
			dataDir,
			args: fakeRunner,
			env: { ...process.env, AWW_FAKE: options.fake, N8N_ENCRYPTION_KEY: 'n8n’s own secret' },
			build,
			watchMs: 100,
			startTimeoutMs: options.startTimeoutMs,
		});
		runners.push(runner);
		return runner;
	}

	/** Another process of n8n, and the runner that it found. */
	async function findElsewhere(
		stays: boolean,
	): Promise<{ child: ChildProcess; found: PublishedRunner }> {
		const child = fork(join(__dirname, 'findRunnerProcess.ts'), [dataDir, ...fakeRunner], {
			execArgv: ['-r', '@swc-node/register'],
			env: { ...process.env, ...(stays ? { FAKE_STAYS: '1' } : {}) },
		});
		processes.push(child);
		const [found] = (await once(child, 'message')) as [PublishedRunner];
		return { child, found };
	}

	it('starts the runner once, however many ask at the same time', async () => {
		const runner = createRunner();
		const found = await Promise.all([runner.find(), runner.find(), runner.find()]);
		expect(new Set(found.map(({ pid }) => pid)).size).toBe(1);
		expect((await fetch(`${found[0].url}/readyz`)).status).toBe(200);
		expect(await runner.find()).toEqual(found[0]);
	});

	it('gives every process of n8n the same runner', async () => {
		const [first, second, here] = await Promise.all([
			findElsewhere(true),
			findElsewhere(true),
			createRunner().find(),
		]);
		expect(second.found).toEqual(first.found);
		expect(here).toEqual(first.found);
	});

	it('passes on the user’s AWW_ settings and none of n8n’s secrets', async () => {
		const { url } = await createRunner({ fake: 'none' }).find();
		const names = (await (await fetch(`${url}/env`)).json()) as string[];
		expect(names).toEqual(expect.arrayContaining(['AWW_FAKE', 'AWW_EMBEDDED', 'PATH']));
		expect(names).not.toContain('N8N_ENCRYPTION_KEY');
	});

	it('starts the runner again after a crash', async () => {
		const runner = createRunner();
		const first = await runner.find();
		await fetch(`${first.url}/crash`).catch(() => undefined);
		const second = await runner.find();
		expect(second.pid).not.toBe(first.pid);
		expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
	});

	it('takes the runner along when n8n is killed, and leaves the folder free', async () => {
		const { child, found } = await findElsewhere(true);
		child.kill('SIGKILL');
		await until(() => !isAlive(found.pid));
		expect(isOwned(dataDir)).toBe(false);
		expect(existsSync(join(dataDir, 'runner.json'))).toBe(false);
	});

	it('starts the runner in another process of n8n when the one that owned it is gone', async () => {
		const { child, found } = await findElsewhere(true);
		const runner = createRunner();
		expect(await runner.find()).toEqual(found);
		child.kill('SIGKILL');
		// Nobody asks: the watch notices by itself.
		await until(() => publishedPid() !== undefined && publishedPid() !== found.pid);
		expect((await runner.find()).pid).toBe(publishedPid());
	});

	it('does not keep n8n from exiting', async () => {
		const { child, found } = await findElsewhere(false);
		await once(child, 'exit');
		expect(child.exitCode).toBe(0);
		await until(() => !isAlive(found.pid));
	});

	it('does not trust an endpoint that a dead owner left behind', async () => {
		const impostor = await createRunner().find();
		const otherDir = mkdtempSync(join(tmpdir(), 'embedded-'));
		try {
			// Something answers at this address, but nobody holds the lock of this folder.
			publishEndpoint(otherDir, impostor);
			const runner = new EmbeddedRunner({
				dataDir: otherDir,
				args: fakeRunner,
				env: process.env,
				build,
			});
			const found = await runner.find();
			expect(found.url).not.toBe(impostor.url);
			await runner.stop();
		} finally {
			rmSync(otherDir, { recursive: true });
		}
	});

	it('looks again, instead of failing, when its runner gives way to another', async () => {
		const { url } = await createRunner({ fake: 'yieldsAtFirst' }).find();
		expect((await fetch(`${url}/readyz`)).status).toBe(200);
	});

	it('says the runner’s last words and what to do when it does not start', async () => {
		await expect(createRunner({ fake: 'fails' }).find()).rejects.toThrow(
			/did not start: exit code 3: the port is made of cheese.*runner\.log/s,
		);
	});

	it('gives up on a runner that never becomes ready', async () => {
		await expect(
			createRunner({ fake: 'neverReady', startTimeoutMs: 3_000 }).find(),
		).rejects.toThrow(/not ready within 3 seconds/);
	});

	it('says how to go on when the owner cannot be reached from here', async () => {
		const ownership = acquireOwnership(dataDir);
		publishEndpoint(dataDir, {
			url: 'http://127.0.0.1:9',
			pid: 4242,
			startedAt: '2026-01-01T00:00:00.000Z',
			version: '0.0.0',
		});
		await expect(createRunner({ startTimeoutMs: 500 }).find()).rejects.toThrow(
			/process 4242 at http:\/\/127\.0\.0\.1:9.*"Session runner at a URL"/s,
		);
		ownership.release();
	});

	function publishedPid(): number | undefined {
		try {
			return (JSON.parse(readFileSync(join(dataDir, 'runner.json'), 'utf8')) as PublishedRunner)
				.pid;
		} catch {
			return undefined;
		}
	}
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Resolves once it is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
