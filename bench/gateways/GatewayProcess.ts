import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killAtExit } from '../killAtExit';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

/** A process that was just killed may still be writing. */
const REMOVE_ALL = { recursive: true, force: true, maxRetries: 5 };

/** Lets the harness ask any contestant for a garbage collection before its memory is read. */
const COLLECT_ON_SIGNAL =
	'data:text/javascript,process.on("SIGUSR2",()=>{globalThis.gc();globalThis.gc()})';

interface GatewayProcessOptions {
	/** The program and its arguments for Node. */
	arguments: readonly string[];
	env: (own: { port: number; dataDir: string }) => Record<string, string>;
	/** Answers 200 when the process is ready. */
	readyPath: string;
}

/** A contestant's process, with a data folder that outlives its restarts. */
export class GatewayProcess {
	private readonly dataDir = mkdtempSync(join(tmpdir(), 'aww-bench-'));
	private child: ChildProcess | undefined;
	private port = 0;

	private readonly removeData = (): void => rmSync(this.dataDir, REMOVE_ALL);

	constructor(private readonly options: GatewayProcessOptions) {
		// Also when the run is broken off.
		process.once('exit', this.removeData);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		if (!this.child?.pid) throw new Error('The gateway does not run');
		return this.child.pid;
	}

	async start(): Promise<void> {
		this.port ||= await findFreePort();
		const child = spawn(
			process.execPath,
			[
				'--disable-warning=ExperimentalWarning',
				'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
				'--expose-gc',
				'--import',
				COLLECT_ON_SIGNAL,
				...this.options.arguments,
			],
			{
				env: {
					PATH: process.env.PATH,
					...this.options.env({ port: this.port, dataDir: this.dataDir }),
				},
				// What it prints may hold numbers.
				stdio: ['ignore', 'ignore', 'ignore'],
			},
		);
		killAtExit(child);
		this.child = child;
		const giveUpAt = Date.now() + START_TIMEOUT_MS;
		while (!(await this.isReady())) {
			if (child.exitCode !== null || Date.now() > giveUpAt) {
				throw new Error(`The gateway did not start (exit code ${child.exitCode})`);
			}
			await delay(20);
		}
	}

	async stop(): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		child.kill('SIGTERM');
		const killing = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await exited;
		clearTimeout(killing);
	}

	async remove(): Promise<void> {
		await this.stop();
		process.off('exit', this.removeData);
		this.removeData();
	}

	private async isReady(): Promise<boolean> {
		return await fetch(this.url + this.options.readyPath).then(
			({ ok }) => ok,
			() => false,
		);
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
