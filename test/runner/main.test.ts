import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_OWNED_BY_ANOTHER } from '../../contract';
import { EmbeddedRunner } from '../../nodes/embedded/EmbeddedRunner';

const ROOT = join(__dirname, '../..');

interface Started {
	child: ChildProcess;
	stdout(): string;
	stderr(): string;
	/** The exit code, once it has ended. */
	ended: Promise<number | null>;
	/** Resolves when the text has been printed on stdout or stderr. */
	printed(text: string | RegExp): Promise<void>;
}

/** Each start compiles the program from source. */
jest.setTimeout(90_000);

describe('the program', () => {
	let dataDir: string;
	let running: Started[];

	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'aww-main-'));
		running = [];
	});
	afterEach(async () => {
		for (const { child, ended } of running) {
			child.kill('SIGKILL');
			await ended;
		}
		rmSync(dataDir, { recursive: true, force: true });
	});

	const start = (
		env: Record<string, string> = {},
		{ ipc = false, args = [] }: { ipc?: boolean; args?: string[] } = {},
	): Started => {
		const program = ['-r', '@swc-node/register', 'runner/main.ts'];
		const child = spawn(process.execPath, [...program, ...args], {
			cwd: ROOT,
			env: {
				PATH: process.env.PATH,
				AWW_DATA_DIR: dataDir,
				AWW_PORT: '0',
				// Nobody listens on port 9: the program never leaves this machine.
				AWW_WHATSAPP_URL: 'ws://127.0.0.1:9',
				...env,
			},
			stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])],
		});
		const text = { stdout: '', stderr: '' };
		const listeners = new Set<() => void>();
		for (const name of ['stdout', 'stderr'] as const) {
			child[name]?.on('data', (chunk: Buffer) => {
				text[name] += chunk.toString();
				for (const listener of listeners) listener();
			});
		}
		// Not `close`, which never comes once this side has closed the IPC channel.
		const ended = once(child, 'exit').then(([code]) => code as number | null);
		const started: Started = {
			child,
			stdout: () => text.stdout,
			stderr: () => text.stderr,
			ended,
			printed: (wanted) =>
				new Promise((resolve, reject) => {
					const look = () => {
						const all = text.stdout + text.stderr;
						if (typeof wanted === 'string' ? all.includes(wanted) : wanted.test(all)) resolve();
					};
					listeners.add(look);
					look();
					void ended.then(() => reject(new Error(`It ended: ${text.stdout}${text.stderr}`)));
				}),
		};
		running.push(started);
		return started;
	};

	test('with a wrong configuration it ends before it listens, and names every problem', async () => {
		const program = start({ AWW_PORT: 'eighty', AWW_LOG_LEVEL: 'loud', AWW_DATADIR: '/x' });
		expect(await program.ended).toBe(78);
		for (const name of ['AWW_PORT', 'AWW_LOG_LEVEL', 'AWW_DATADIR', 'AWW_DATA_DIR?']) {
			expect(program.stderr()).toContain(name);
		}
		expect(program.stderr()).not.toMatch(/at .*\.ts|eighty|loud/);
		expect(program.stdout()).toBe('');
	});

	test('a first start nobody looks at says how to go on and shows no key; SIGTERM ends it cleanly', async () => {
		const first = start();
		await first.printed('No instance yet');
		const { url } = JSON.parse(readFileSync(join(dataDir, 'runner.json'), 'utf8')) as {
			url: string;
		};
		expect(first.stdout()).toContain(url);
		first.child.kill('SIGTERM');
		expect(await first.ended).toBe(0);
		const key = readFileSync(join(dataDir, 'admin-key'), 'utf8').trim();
		expect(first.stdout() + first.stderr()).not.toContain(key);

		const second = start();
		await second.printed('Session runner: http');
		second.child.kill('SIGINT');
		expect(await second.ended).toBe(0);
	});

	test('started twice by a user, the second ends with exit code 75 and names the owner', async () => {
		const owner = start();
		await owner.printed('ready');
		const second = start();
		expect(await second.ended).toBe(EXIT_OWNED_BY_ANOTHER);
		expect(second.stderr()).toContain(`process ${owner.child.pid} at http://127.0.0.1:`);
	});

	test('the lock deleted, the second is refused as well; one that stood still and has lost its folder ends when it goes on', async () => {
		const owner = start();
		await owner.printed('ready');
		rmSync(join(dataDir, 'owner.lock'));
		const refused = start();
		expect(await refused.ended).toBe(EXIT_OWNED_BY_ANOTHER);
		expect(refused.stderr()).toContain(`process ${owner.child.pid} at http://127.0.0.1:`);
		await owner.printed('was deleted or exchanged');

		owner.child.kill('SIGSTOP');
		rmSync(join(dataDir, 'owner.lock'));
		const next = start();
		await next.printed('ready');
		owner.child.kill('SIGCONT');
		expect(await owner.ended).toBe(EXIT_OWNED_BY_ANOTHER);
		const { pid } = JSON.parse(readFileSync(join(dataDir, 'runner.json'), 'utf8')) as {
			pid: number;
		};
		expect(pid).toBe(next.child.pid);
		expect(next.child.exitCode).toBeNull();
	});

	test('n8n uses the one that a user has started on its data folder, however old, and starts none', async () => {
		const owner = start();
		await owner.printed('ready');
		const args = ['-e', 'throw new Error("no second runner")'];
		const build = { version: '999.0.0', code: () => undefined };
		const embedded = new EmbeddedRunner({ dataDir, args, env: process.env, build });
		expect(await embedded.find()).toMatchObject({ pid: owner.child.pid });
		await embedded.stop();
		expect(owner.child.exitCode).toBeNull();
	});

	test('embedded it makes no instance, prints nothing, and ends when its parent lets go', async () => {
		const embedded = start({ AWW_EMBEDDED: '1' }, { ipc: true });
		await embedded.printed('ready');
		embedded.child.disconnect();
		expect(await embedded.ended).toBe(0);
		expect(embedded.stdout()).toBe('');
	});

	test('says what it can do, and what is wrong with what it was told to do', async () => {
		const help = start({}, { args: ['--help'] });
		expect(await help.ended).toBe(0);
		expect(help.stdout()).toContain('api-whatsapp-web export <instance> <file>');
		const wrong = start({}, { args: ['exprot', 'shop'] });
		expect(await wrong.ended).toBe(64);
		expect(wrong.stderr()).toMatch(/no command "exprot".*api-whatsapp-web export/s);
		expect(wrong.stderr()).not.toMatch(/at .*\.ts/);
	});

	test('a port that is taken is named with a remedy', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const port = String((other.address() as AddressInfo).port);
		const program = start({ AWW_PORT: port });
		expect(await program.ended).toBe(1);
		expect(program.stderr()).toMatch(new RegExp(`127\\.0\\.0\\.1 port ${port} .*AWW_PORT`));
		expect(program.stderr()).not.toMatch(/at .*\.ts/);
		other.close();
	});
});
