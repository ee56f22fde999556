import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../endToEnd/seededRandom';
import { RunnerProcess } from '../endToEnd/RunnerProcess';
import { PROBE_ARGS, type Memory } from '../fuzz/stage/probeArgs';
import { startSimulator, type Simulator } from '../simulator';
import { HookReceiver } from './HookReceiver';
import { Ledger } from './Ledger';
import type { SoakPlan } from './readSoakPlan';
import { linkAccount, type SoakAccount } from './SoakAccount';
import { Traffic } from './Traffic';
import { Unreadables } from './Unreadables';

const LINKS_AT_ONCE = 6;
const SAMPLE_EVERY_S = 10;
/** The least of each minute counts: one sample a minute is taken after V8 has given back what it can. */
const SAMPLES_PER_GIVING_BACK = 6;
/** What is on its way when the traffic stops, a reconnect after the last storm included. */
const SETTLE_MS = 120_000;
const BACK_TIMEOUT_MS = 120_000;

/** The runner at one moment. */
export interface SoakSample extends Memory {
	/** Seconds since the traffic began. */
	readonly atS: number;
	readonly online: number;
}

/** Many sessions for a long time: real runner, simulated WhatsApp, traffic both ways, storms. */
export class Soak {
	readonly inbound = new Ledger();
	readonly outbound = new Ledger();
	readonly unreadable = new Unreadables();
	readonly samples: SoakSample[] = [];
	readonly accounts: SoakAccount[] = [];
	linkedS = 0;
	storms = 0;
	private startedAt = 0;
	private loginsBefore = 0;
	private traffic!: Traffic;

	private constructor(
		private readonly plan: SoakPlan,
		readonly simulator: Simulator,
		readonly runner: RunnerProcess,
		private readonly receiver: HookReceiver,
	) {
		simulator.on('unreadable', (message) => this.unreadable.note(message));
	}

	static async start(plan: SoakPlan): Promise<Soak> {
		const simulator = await startSimulator();
		const env = { AWW_LOG_LEVEL: 'warn' };
		const runner = new RunnerProcess({ simulator, env, nodeArgs: PROBE_ARGS });
		let soak: Soak | undefined;
		const receiver = new HookReceiver(({ event, messageId, eventId }) => {
			if (event === 'received' && messageId) soak?.inbound.arrived(messageId, eventId);
		});
		await receiver.start();
		await runner.start();
		return (soak = new Soak(plan, simulator, runner, receiver));
	}

	/** Links all sessions, a few at a time: each makes and uploads hundreds of keys. */
	async link(progress: (linked: number) => void): Promise<void> {
		const startedAt = performance.now();
		const { simulator, runner, receiver } = this;
		let next = 0;
		const linkSome = async () => {
			while (next < this.plan.sessions) {
				const world = { simulator, runner, hookUrl: receiver.url };
				this.accounts.push(await linkAccount(next++, world));
				progress(this.accounts.length);
			}
		};
		await Promise.all(Array.from({ length: LINKS_AT_ONCE }, linkSome));
		this.linkedS = (performance.now() - startedAt) / 1000;
	}

	/** Traffic and storms for as long as planned, then silence until everything has settled. */
	async run(report: (soak: Soak) => void): Promise<void> {
		const { plan, simulator, runner, inbound, outbound, accounts } = this;
		const random = seededRandom(plan.seed);
		const { perSecond } = plan;
		this.traffic = new Traffic({
			accounts,
			runner,
			simulator,
			inbound,
			outbound,
			random,
			perSecond,
		});
		this.startedAt = performance.now();
		this.loginsBefore = simulator.counters.logins;
		this.traffic.start();
		const endsAtS = plan.minutes * 60;
		let reportAtS = plan.reportEveryS;
		let stormAtS = plan.stormEveryS;
		while (this.elapsedS < endsAtS) {
			await delay(Math.min(SAMPLE_EVERY_S, Math.max(1, endsAtS - this.elapsedS)) * 1000);
			await this.sample();
			if (this.elapsedS >= stormAtS) {
				this.storm();
				stormAtS += plan.stormEveryS;
			}
			if (this.elapsedS >= reportAtS) {
				report(this);
				reportAtS += plan.reportEveryS;
			}
		}
		await this.traffic.stop();
		await this.settle();
		await this.sample({ isLast: true });
	}

	get elapsedS(): number {
		return (performance.now() - this.startedAt) / 1000;
	}

	get reconnects(): number {
		return this.simulator.counters.logins - this.loginsBefore;
	}

	get refused(): Readonly<Record<string, number>> {
		return this.traffic.refused;
	}

	async stop(): Promise<void> {
		await this.runner.remove();
		await this.receiver.stop();
		await this.simulator.stop();
	}

	/** All connections are lost at once, as when a network goes away. */
	private storm(): void {
		this.storms++;
		for (const { device } of this.accounts) device.drop('tcpReset');
	}

	private async sample({ isLast = false } = {}): Promise<void> {
		const givesBack = this.samples.length % SAMPLES_PER_GIVING_BACK === 0 || isLast;
		const memory = await this.runner.ask<Memory>({ givesBack });
		const online = this.accounts.filter(({ device }) => device.online).length;
		this.samples.push({ ...memory, atS: this.elapsedS, online });
	}

	/** Resolves when all are back and nothing is missing, or after a time in which all should have come. */
	private async settle(): Promise<void> {
		const timeoutMs = BACK_TIMEOUT_MS;
		await Promise.all(
			this.accounts.map(({ device }) => device.whenOnline({ timeoutMs }).catch(() => undefined)),
		);
		const giveUpAt = performance.now() + SETTLE_MS;
		while (this.inbound.open + this.outbound.open > 0 && performance.now() < giveUpAt) {
			await delay(250);
		}
	}
}
