import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CreatedInstance } from '../../contract';
import { RUNNER_FILE, RunnerProcess } from '../endToEnd/RunnerProcess';
import { WebhookReceiver } from '../endToEnd/WebhookReceiver';
import { startSimulator, type LinkedDevice, type Phone, type Simulator } from '../simulator';

const PROBE = join(__dirname, 'probe.mts');
const SETTLE_TIMEOUT_MS = 60_000;

/** What a process takes, once what can be collected is. */
export interface Measure {
	rss: number;
	heapUsed: number;
	/** What keeps it busy, by kind: sockets, timers and so on. */
	resources: Record<string, number>;
}

export interface StageOptions {
	/** Added to the runner's environment. */
	env?: Record<string, string>;
	dataDir?: string;
	/** Reconnects at once instead of after a pause. */
	isHasty?: boolean;
	/** Timers can be made to come true early; see `pass`. */
	canPass?: boolean;
}

/** A runner in a process of its own, linked to a simulated phone, and a receiver of all its webhooks. */
export class Stage {
	readonly phone: Phone;
	device!: LinkedDevice;
	instance!: CreatedInstance;
	private linkedBefore = 0;
	private passedMs = 0;

	private constructor(
		readonly simulator: Simulator,
		readonly receiver: WebhookReceiver,
		readonly runner: RunnerProcess,
	) {
		this.phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
	}

	static async open(options: StageOptions = {}): Promise<Stage> {
		const simulator = await startSimulator();
		const receiver = new WebhookReceiver();
		await receiver.start();
		const stage = new Stage(simulator, receiver, createRunner(simulator, options));
		try {
			await stage.runner.start();
			await stage.link();
		} catch (error) {
			await stage.close();
			throw error;
		}
		return stage;
	}

	/** Another runner of the same WhatsApp, for what takes two. */
	createRunner(options: StageOptions): RunnerProcess {
		return createRunner(this.simulator, options);
	}

	async close(): Promise<void> {
		await this.runner.remove();
		await this.receiver.stop();
		await this.simulator.stop();
	}

	/** Dies and comes back. */
	async crash(): Promise<void> {
		await this.runner.kill();
		await this.runner.start();
	}

	measure(): Promise<Measure> {
		return this.runner.ask<Measure>({ op: 'measure' });
	}

	/** The machine's clock is set, forward or back. */
	async setClock(byMs: number): Promise<void> {
		this.receiver.ignoresTime = true;
		await this.runner.ask({ op: 'setClock', byMs });
	}

	/** Time passes in an instant: clock and timers. It has passed for the next process too. */
	async pass(ms: number): Promise<void> {
		this.receiver.ignoresTime = true;
		await this.runner.ask({ op: 'pass', ms });
		this.passedMs += ms;
		this.runner.setEnv('CHAOS_CLOCK_MS', String(this.passedMs));
	}

	/** Everything sent so far has been receipted, and the connection is there. */
	async settle(timeoutMs = SETTLE_TIMEOUT_MS): Promise<void> {
		await this.device.whenOnline({ timeoutMs });
		await this.device.drained({ timeoutMs });
	}

	/** Resolves when the instance is in that state, with what it says of its last error. */
	async untilState(state: string, timeoutMs = SETTLE_TIMEOUT_MS): Promise<string | null> {
		const giveUpAt = Date.now() + timeoutMs;
		for (;;) {
			const { body } = await this.runner.call<{ state: string; lastError: string | null }>(
				'GET',
				'/api/instance',
			);
			if (body.state === state) return body.lastError;
			if (Date.now() > giveUpAt) throw new Error(`The instance is ${body.state}, not ${state}`);
			await delay(25);
		}
	}

	/** Throws if a phone had to be linked again. */
	assertSameLogin(): void {
		const { registrations } = this.simulator.counters;
		if (registrations !== this.linkedBefore || this.phone.devices.length !== 1) {
			throw new Error(`A new QR code was needed: ${registrations} registrations`);
		}
	}

	private async link(): Promise<void> {
		const { url } = this.receiver;
		const events = ['received', 'sent', 'status', 'connected', 'disconnected'];
		const webhooks = Object.fromEntries(events.map((event) => [event, url]));
		this.instance = await this.runner.createInstance('chaos', webhooks);
		this.receiver.secret = this.instance.webhookSecret;
		const { body } = await this.runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		this.device = await this.phone.scan(body.qr);
		await this.settle();
		this.linkedBefore = this.simulator.counters.registrations;
	}
}

function createRunner(simulator: Simulator, options: StageOptions): RunnerProcess {
	const { env, dataDir, isHasty, canPass } = options;
	if (dataDir) mkdirSync(dataDir, { recursive: true });
	return new RunnerProcess({
		simulator,
		...(dataDir ? { dataDir } : {}),
		nodeArgs: ['--expose-gc', '--import', PROBE],
		env: {
			AWW_WEBHOOK_SCHEDULE: '0,1,1,1,1,1,1,1,1,1',
			...(isHasty ? { CHAOS_HASTY: dirname(RUNNER_FILE) } : {}),
			...(canPass ? { CHAOS_PASSING: '1' } : {}),
			...env,
		},
	});
}
