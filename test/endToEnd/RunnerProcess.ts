import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CreatedInstance, ErrorBody } from '../../contract';
import type { Simulator } from '../simulator';

const START_TIMEOUT_MS = 60_000;
/** The compiled runner, as users start it; or another build of it. */
export const RUNNER_FILE =
	process.env.AWW_TEST_RUNNER_FILE ?? join(__dirname, '..', '..', 'dist', 'runner', 'main.js');
export const ADMIN_KEY = 'admin-key-of-the-tests';

export interface Answer<T> {
	status: number;
	body: T & Partial<ErrorBody>;
}

export interface RunnerProcessOptions {
	simulator: Simulator;
	/** Added to the environment. */
	env?: Record<string, string>;
	/** Given to Node before the runner's file. */
	nodeArgs?: readonly string[];
	/** A new one under the system's folder for such unless given. */
	dataDir?: string;
}

/** The real runner as a process of its own, on a data folder that outlives its restarts. */
export class RunnerProcess {
	readonly dataDir: string;
	/** How often it has been started. */
	starts = 0;
	/** What it has logged since it was last started. */
	log = '';
	private child: ChildProcess | undefined;
	private port = 0;
	private key = ADMIN_KEY;
	private instanceId: string | undefined;
	private readonly env: Record<string, string>;

	constructor(private readonly options: RunnerProcessOptions) {
		this.env = { ...options.env };
		this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'aww-e2e-'));
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		if (!this.child?.pid) throw new Error('The runner does not run.');
		return this.child.pid;
	}

	/** From its next start on. */
	setEnv(name: string, value: string): void {
		this.env[name] = value;
	}

	/** Starts it, on the same port as before, and resolves when it is ready. */
	async start(): Promise<void> {
		this.child = await this.spawn();
		await this.whenReady(this.child);
	}

	/** Starts it in the expectation that it gives up; its log says why. */
	async startInVain(): Promise<number | null> {
		const child = await this.spawn();
		const [code] = (await once(child, 'close')) as [number | null];
		return code;
	}

	/** Puts a question to what `nodeArgs` have loaded into the process. */
	async ask<T>(question: Record<string, unknown>): Promise<T> {
		const { child } = this;
		if (!child?.connected) throw new Error('The runner does not run.');
		const answered = once(child, 'message') as Promise<[T]>;
		child.send(question);
		return (await answered)[0];
	}

	/** SIGSTOP and SIGCONT: it stands still, with all its sockets open, and goes on. */
	signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
		this.child?.kill(signal);
	}

	/** Ends it in an instant, as a power cut of the process would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Asks it to stop, and gives its exit code. */
	async stop(): Promise<number | null> {
		return await this.end('SIGTERM');
	}

	/** Stops it and removes its data. */
	async remove(): Promise<void> {
		if (this.child) await this.end('SIGKILL');
		rmSync(this.dataDir, { recursive: true, force: true });
	}

	/** Calls go on as another process on a copy of the data made them. */
	actAs(other: RunnerProcess): void {
		this.key = other.key;
		this.instanceId = other.instanceId;
	}

	/** Makes an instance; the calls that follow act for it with its own key. */
	async createInstance(
		name: string,
		webhooks: Record<string, string> = {},
	): Promise<CreatedInstance> {
		const { status, body } = await this.call<CreatedInstance>('POST', '/api/instances', {
			name,
			webhooks,
		});
		if (status !== 201) throw new Error(`No instance: ${JSON.stringify(body)}`);
		this.key = body.apiKey;
		this.instanceId = body.id;
		return body;
	}

	async call<T>(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer<T>> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				apiKey: this.key,
				...(this.instanceId ? { id: this.instanceId } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? null : JSON.stringify(body),
		});
		return { status: response.status, body: (await response.json()) as Answer<T>['body'] };
	}

	private async spawn(): Promise<ChildProcess> {
		this.port ||= await findFreePort();
		this.log = '';
		this.starts++;
		const { simulator, nodeArgs = [] } = this.options;
		const child = spawn(process.execPath, [...nodeArgs, RUNNER_FILE], {
			env: {
				PATH: process.env.PATH,
				AWW_DATA_DIR: this.dataDir,
				AWW_PORT: String(this.port),
				AWW_ADMIN_KEY: ADMIN_KEY,
				AWW_WHATSAPP_URL: simulator.url,
				AWW_WHATSAPP_ROOT_KEY: simulator.rootKeyHex,
				AWW_ALLOW_HTTP_WEBHOOK_HOSTS: '127.0.0.1',
				AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS: '127.0.0.1',
				NODE_EXTRA_CA_CERTS: simulator.caCertificateFile,
				...this.env,
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		child.stderr?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
		child.stdout?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
		return child;
	}

	private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
		const { child } = this;
		if (!child) return null;
		this.child = undefined;
		if (child.exitCode === null && child.signalCode === null) {
			const exited = once(child, 'exit');
			child.kill(signal);
			await exited;
		}
		return child.exitCode;
	}

	private async whenReady(child: ChildProcess): Promise<void> {
		const giveUpAt = Date.now() + START_TIMEOUT_MS;
		// Another process can only be asked; there is nothing to await.
		while (Date.now() < giveUpAt) {
			if (child.exitCode !== null || child.signalCode !== null) {
				throw new Error(
					`The runner has ended with ${child.exitCode ?? child.signalCode}:\n${this.log}`,
				);
			}
			const isReady = await fetch(`${this.url}/readyz`).then(
				({ ok }) => ok,
				() => false,
			);
			if (isReady) return;
			await delay(15);
		}
		throw new Error(`The runner was not ready in time:\n${this.log}`);
	}
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
