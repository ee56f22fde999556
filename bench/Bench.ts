import { createGateway, type GatewaySettings } from './gateways/createGateway';
import { GATEWAY_NAMES, type Contestant, type GatewayName } from './gateways/Gateway';
import { measureDisk } from './measure/measureDisk';
import { measureInbound } from './measure/measureInbound';
import { measureOutbound } from './measure/measureOutbound';
import { measureSessions } from './measure/measureSessions';
import type { GatewaySamples, Samples } from './measure/Sample';
import type { BenchOptions, Measurement } from './readOptions';
import type { Trouble, WorldAddress, WorldApi } from './world/WorldApi';

/** Who writes with each of the accounts: enough that an order per chat is not an order of all. */
const CONTACTS = 5;
/** Long enough that Baileys is compiled and all ratchets turn. */
const WARM_UP_MESSAGES = 150;
/** No further pass is begun after this long: a busy machine must not keep the run from ending. */
const TRAFFIC_BUDGET_MS = 100_000;

interface BenchParts {
	world: WorldApi;
	address: WorldAddress;
	options: BenchOptions;
	settings: GatewaySettings;
	progress: (text: string) => void;
}

/** One run: the contestants side by side, each measurement in turn, several passes. */
export class Bench {
	readonly samples: Samples = {
		runner: createSamples(),
		raw: createSamples(),
		naive: createSamples(),
	};

	/** How long the disk took to keep a page, before each latency measurement; milliseconds. */
	readonly diskMs: number[] = [];

	constructor(private readonly parts: BenchParts) {}

	async run(): Promise<void> {
		const { only } = this.parts.options;
		if (only.some((measurement) => measurement !== 'sessions')) await this.measureTraffic();
		if (only.includes('sessions')) await this.measureSessions();
	}

	private async measureTraffic(): Promise<void> {
		const contestants: Contestant[] = [];
		const startedAt = performance.now();
		try {
			for (const name of GATEWAY_NAMES) contestants.push(await this.enter(name));
			for (let pass = 1; pass <= this.parts.options.passes; pass++) {
				if (pass > 1 && performance.now() - startedAt > TRAFFIC_BUDGET_MS) {
					const note = `pass ${pass} and later ones were left out: the machine was too slow`;
					for (const name of GATEWAY_NAMES) this.samples[name].notes.push(note);
					break;
				}
				for (const measurement of ['in', 'out', 'latency'] as const) {
					if (!this.parts.options.only.includes(measurement)) continue;
					for (const contestant of contestants) {
						this.parts.progress(`pass ${pass}, ${measurement}, ${contestant.gateway.name}`);
						await this.measure(contestant, measurement);
					}
				}
			}
		} finally {
			await Promise.all(contestants.map(({ gateway }) => gateway.remove()));
		}
	}

	/** Starts a gateway with one session, and lets it exchange messages both ways until it is warm. */
	private async enter(name: GatewayName): Promise<Contestant> {
		const { world, address, settings, progress } = this.parts;
		progress(`start and warm-up, ${name}`);
		const gateway = createGateway(name, address, settings);
		const contestant: Contestant = {
			gateway,
			session: 'one',
			account: await world.createAccount(CONTACTS),
		};
		await gateway.start();
		await world.link(contestant.account.id, await gateway.link('one', address.webhookUrl));
		await this.watch(name, async (samples) => {
			const before = await measureInbound(world, contestant, CONTACTS);
			const { failed } = await measureOutbound(contestant, WARM_UP_MESSAGES);
			const after = await measureInbound(world, contestant, WARM_UP_MESSAGES);
			samples.lostIn += before.lost + after.lost;
			samples.failedOut += failed;
		});
		return contestant;
	}

	private measure(contestant: Contestant, measurement: Measurement): Promise<void> {
		const { world, options } = this.parts;
		return this.watch(contestant.gateway.name, async (samples) => {
			if (measurement === 'in') {
				const { lost, ...rate } = await measureInbound(world, contestant, options.messages);
				samples.inbound.push(rate);
				samples.lostIn += lost;
			} else if (measurement === 'out') {
				const count = Math.ceil(options.messages / 2);
				const { failed, ...rate } = await measureOutbound(contestant, count);
				samples.outbound.push(rate);
				samples.failedOut += failed;
			} else {
				this.diskMs.push(...(await measureDisk()));
				const { account } = contestant;
				const { lost, ...latency } = await world.pace(
					account.id,
					options.paced,
					options.pacePerSecond,
				);
				samples.latency.push(latency);
				samples.lostIn += lost;
			}
		});
	}

	private async measureSessions(): Promise<void> {
		const { world, address, settings, options, progress } = this.parts;
		for (const name of GATEWAY_NAMES) {
			progress(`${options.sessions} sessions, ${name}`);
			const gateway = createGateway(name, address, { ...settings, profileDir: undefined });
			try {
				await this.watch(name, async (samples) => {
					samples.sessions = await measureSessions(world, gateway, options.sessions);
				});
			} finally {
				await gateway.remove();
			}
		}
	}

	/** Adds what goes wrong meanwhile; a measurement that fails is a note, not the end of the run. */
	private async watch(
		name: GatewayName,
		measure: (samples: GatewaySamples) => Promise<void>,
	): Promise<void> {
		const samples = this.samples[name];
		const before = await this.parts.world.trouble();
		try {
			await measure(samples);
		} catch (error) {
			samples.notes.push(`failed: ${error instanceof Error ? error.message : String(error)}`);
		}
		const after = await this.parts.world.trouble();
		for (const kind of Object.keys(after) as Array<keyof Trouble>) {
			samples.trouble[kind] += after[kind] - before[kind];
		}
	}
}

function createSamples(): GatewaySamples {
	return {
		inbound: [],
		outbound: [],
		latency: [],
		sessions: undefined,
		trouble: { decryptErrors: 0, retryReceipts: 0, nacks: 0, duplicateWebhooks: 0 },
		lostIn: 0,
		failedOut: 0,
		notes: [],
	};
}
