import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { findFreePort } from './findFreePort';
import { createNodeEnv } from './runCommand';
import { TlsDoor } from './TlsDoor';
import { waitUntil } from './waitUntil';

export interface N8nOptions {
	/** Path of n8n's program. */
	program: string;
	userFolder: string;
	/** Which of n8n's processes: the one with the editor (`start`), or one that queue mode adds. */
	role?: 'start' | 'worker' | 'webhook';
	/** Tells it from others of the same folder in the names of logs. */
	name?: string;
	/** Where it listens; any free port if left out. */
	port?: number;
	/** It serves TLS itself, with a certificate that nobody else vouches for; the test has a door of its own. */
	tls?: boolean;
	/** Settings beside those every test needs, inherited by what n8n starts. */
	env?: Record<string, string>;
}

/** A process of a real n8n on loopback, in a process group of its own so that nothing of it outlives the test. */
export class N8nProcess {
	readonly url: string;
	readonly logPath: string;
	private child: ChildProcess | undefined;
	private readonly groups: number[] = [];

	private constructor(
		private readonly options: N8nOptions,
		private readonly port: number,
		private readonly brokerPort: number,
		door: TlsDoor | undefined,
	) {
		this.url = door?.url ?? `http://127.0.0.1:${port}`;
		this.logPath = path.join(options.userFolder, `${options.name ?? 'n8n'}.log`);
	}

	/** Starts n8n on free ports; resolves once it is ready. */
	static async start(options: N8nOptions): Promise<N8nProcess> {
		await mkdir(options.userFolder, { recursive: true });
		const port = options.port ?? (await findFreePort());
		const door = options.tls ? await TlsDoor.open(port) : undefined;
		const n8n = new N8nProcess(options, port, await findFreePort(), door);
		process.once('exit', () => n8n.destroy());
		await n8n.start();
		return n8n;
	}

	/** The process id of n8n itself. */
	get pid(): number {
		if (this.child?.pid === undefined) throw new Error('n8n is not running');
		return this.child.pid;
	}

	get isRunning(): boolean {
		const { child } = this;
		return child !== undefined && child.exitCode === null && child.signalCode === null;
	}

	/** Starts n8n (again, on the same ports and folder); resolves once it is ready. */
	async start(): Promise<void> {
		const child = spawn(process.execPath, [this.options.program, this.options.role ?? 'start'], {
			cwd: this.options.userFolder,
			detached: true,
			env: this.createEnv(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.child = child;
		this.groups.push(this.pid);
		const log = createWriteStream(this.logPath, { flags: 'a' });
		child.stdout.pipe(log, { end: false });
		child.stderr.pipe(log, { end: false });
		await waitUntil(
			`n8n to be ready (its log: ${this.logPath})`,
			async () => {
				if (!this.isRunning) throw new Error(`n8n ended; its log: ${this.logPath}`);
				const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
				return answer?.ok === true ? true : undefined;
			},
			180_000,
		);
	}

	/** SIGKILL to n8n alone, as the kernel does when memory runs out: it can tell nobody. */
	async crash(): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	}

	/** Ends n8n as a service manager does, and gives it time to tidy up. */
	async stop(): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		const deadline = setTimeout(() => child.kill('SIGKILL'), 30_000);
		await ended;
		clearTimeout(deadline);
	}

	/** Ends whatever is left of any n8n started here. Never throws. */
	destroy(): void {
		for (const group of this.groups) {
			try {
				process.kill(-group, 'SIGKILL');
			} catch {
				// ESRCH: the group is gone already, which is what is wanted.
			}
		}
	}

	private createEnv(): NodeJS.ProcessEnv {
		return createNodeEnv({
			N8N_USER_FOLDER: this.options.userFolder,
			N8N_PORT: String(this.port),
			// A worker serves nothing but its health, and that only when asked to.
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(this.port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			DB_TYPE: 'sqlite',
			...this.options.env,
		});
	}
}
