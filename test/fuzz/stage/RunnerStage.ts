import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, RUNNER_FILE, RunnerProcess } from '../../endToEnd/RunnerProcess';
import { WebhookReceiver } from '../../endToEnd/WebhookReceiver';
import { startSimulator, type Contact, type LinkedDevice, type Simulator } from '../../simulator';
import { PROBE_ARGS, type Memory } from './probeArgs';

const LOOK_EVERY_MS = 200;
const OWNER = '15550001111';

/** The real runner as a process of its own, one instance linked to a simulated phone, and a webhook receiver. */
export class RunnerStage {
	readonly receiver = new WebhookReceiver();
	/** Of the linked instance. */
	instanceId = '';
	apiKey = '';
	device!: LinkedDevice;
	phone!: ReturnType<Simulator['createPhone']>;
	ann!: Contact;
	lida!: Contact;
	group!: ReturnType<Simulator['createGroup']>;
	/** What the runner has logged over all its starts. */
	private olderLog = '';

	private constructor(
		readonly simulator: Simulator,
		readonly runner: RunnerProcess,
	) {}

	static async start(settings: Record<string, string> = {}): Promise<RunnerStage> {
		const simulator = await startSimulator();
		const env = { FUZZ_HASTY: dirname(RUNNER_FILE), AWW_WEBHOOK_SCHEDULE: '0,1,1,1', ...settings };
		const stage = new RunnerStage(
			simulator,
			new RunnerProcess({ simulator, env, nodeArgs: PROBE_ARGS }),
		);
		await stage.receiver.start();
		await stage.runner.start();
		await stage.link();
		return stage;
	}

	get log(): string {
		return this.olderLog + this.runner.log;
	}

	/** With the admin key; for that instance, when one is given. */
	async call<T>(method: string, path: string, body?: unknown, id = this.instanceId): Promise<T> {
		const headers = { apiKey: ADMIN_KEY, id };
		const answer = await this.runner.call<T>(method, path, body, headers);
		if (answer.status < 300) return answer.body;
		throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
	}

	/** What is awaited, unless the runner ends before: then that is what is told. */
	async whileAlive<T>(awaited: Promise<T>): Promise<T> {
		const { promise: ended, reject } = Promise.withResolvers<never>();
		const { pid } = this.runner;
		const timer = setInterval(() => {
			if (!isRunning(pid)) reject(new Error('The process is gone'));
		}, LOOK_EVERY_MS);
		try {
			return await Promise.race([awaited, ended]);
		} catch (error) {
			awaited.catch(() => undefined);
			const log = this.runner.log.slice(-2_000);
			if (await this.revive()) throw error;
			throw new Error(`The runner has ended:\n${log}`, { cause: error });
		} finally {
			clearInterval(timer);
		}
	}

	/** Whether the process is there; one that has ended is started again for the cases that follow. */
	async revive(): Promise<boolean> {
		const isAlive = await fetch(`${this.runner.url}/livez`).then(
			({ ok }) => ok,
			() => false,
		);
		if (isAlive) return true;
		this.olderLog += this.runner.log;
		await this.runner.kill();
		await this.runner.start();
		return false;
	}

	memory(): Promise<Memory> {
		return this.runner.ask<Memory>({});
	}

	/** Files that are still on their way into the store. */
	incomingFiles(): string[] {
		return readdirSync(join(this.runner.dataDir, 'media', 'incoming'));
	}

	async stop(): Promise<void> {
		await this.runner.remove();
		await this.receiver.stop();
		await this.simulator.stop();
	}

	private async link(): Promise<void> {
		const { simulator, runner, receiver } = this;
		this.phone = simulator.createPhone({ number: OWNER, name: 'Owner' });
		this.ann = simulator.createContact({ number: '15550002222', name: 'Ann' });
		this.lida = simulator.createContact({
			number: '15550003333',
			name: 'Lida',
			addressing: 'lid',
		});
		const members = [this.ann, this.lida, this.phone];
		this.group = simulator.createGroup({ subject: 'Team', participants: members });
		const instance = await runner.createInstance('fuzz', { received: receiver.url });
		this.instanceId = instance.id;
		this.apiKey = instance.apiKey;
		receiver.secret = instance.webhookSecret;
		const { qr } = await this.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		this.device = await this.phone.scan(qr);
		await this.device.whenOnline();
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		// No such process.
		return false;
	}
}
