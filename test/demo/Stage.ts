import { RunnerProcess } from '../endToEnd/RunnerProcess';
import { startSimulator, type Simulator } from '../simulator';
import { DemoReceiver } from './DemoReceiver';

/** What the story is played on: WhatsApp's place, the session runner as a process, a receiver of webhooks. */
export class Stage {
	readonly receiver = new DemoReceiver();
	private startedSimulator: Simulator | undefined;
	private startedRunner: RunnerProcess | undefined;

	get simulator(): Simulator {
		if (!this.startedSimulator) throw new Error('the simulator was not started');
		return this.startedSimulator;
	}

	get runner(): RunnerProcess {
		if (!this.startedRunner) throw new Error('the session runner was not started');
		return this.startedRunner;
	}

	/** What the session runner has logged. */
	get runnerLog(): string {
		return this.startedRunner?.log ?? '';
	}

	async startSimulator(): Promise<void> {
		this.startedSimulator = await startSimulator();
		await this.receiver.start();
	}

	async startRunner(): Promise<void> {
		this.startedRunner = new RunnerProcess({ simulator: this.simulator });
		await this.startedRunner.start();
	}

	/** Ends everything and removes the temporary data; may be called at any time, more than once. */
	async clear(): Promise<void> {
		await this.startedRunner?.remove();
		await this.receiver.stop();
		const simulator = this.startedSimulator;
		this.startedSimulator = undefined;
		await simulator?.stop();
	}
}
