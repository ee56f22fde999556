import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator, type Simulator } from '../simulator';
import { findFreePort } from './findFreePort';
import { installPackage } from './installPackage';
import { LoginWatch } from './LoginWatch';
import { N8nProcess } from './N8nProcess';
import { QueueServices } from './QueueServices';
import { root, Stage, toSimulatorEnv } from './Stage';

/** n8n in queue mode on one machine: a main (`n8n`), two workers and a process for webhooks. */
export class QueueStage extends Stage {
	private constructor(
		userFolder: string,
		simulator: Simulator,
		main: N8nProcess,
		readonly workers: readonly N8nProcess[],
		readonly webhooks: N8nProcess,
		private readonly services: QueueServices,
		readonly logins: LoginWatch,
	) {
		super(userFolder, simulator, main);
	}

	/** Every process of this n8n. */
	get processes(): readonly N8nProcess[] {
		return [this.n8n, ...this.workers, this.webhooks];
	}

	/** Starts everything; what was started is ended again when a part of it fails. */
	static async setQueue(program: string, log: (line: string) => void): Promise<QueueStage> {
		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-queue-'));
		log('Packing our package and installing it as n8n does');
		await installPackage(root, userFolder);
		const services = await QueueServices.create(program);
		const simulator = await startSimulator();
		try {
			const stage = await startProcesses({ program, userFolder, services, simulator, log });
			const { main, workers, webhooks } = stage;
			const logins = new LoginWatch(simulator);
			const set = new QueueStage(userFolder, simulator, main, workers, webhooks, services, logins);
			await set.api.setUpOwner();
			return set;
		} catch (error) {
			await simulator.stop();
			await services.drop();
			throw error;
		}
	}

	override async strike(succeeded: boolean): Promise<void> {
		for (const process of this.processes) process.destroy();
		await this.services.drop();
		await super.strike(succeeded);
	}
}

async function startProcesses(options: {
	program: string;
	userFolder: string;
	services: QueueServices;
	simulator: Simulator;
	log: (line: string) => void;
}): Promise<{ main: N8nProcess; workers: N8nProcess[]; webhooks: N8nProcess }> {
	const { program, userFolder, services, simulator, log } = options;
	const webhookPort = await findFreePort();
	const env = {
		...toSimulatorEnv(simulator),
		...services.toEnv(),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		// What a proxy in front of n8n does: webhooks go to the process that is there for them.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
	};
	const base = { program, userFolder, env };
	log('Starting the main process, which makes the tables');
	const main = await N8nProcess.start({ ...base, name: 'main' });
	log('Starting two workers and a process for webhooks');
	const [webhooks, ...workers] = await Promise.all([
		N8nProcess.start({ ...base, role: 'webhook', name: 'webhook', port: webhookPort }),
		N8nProcess.start({ ...base, role: 'worker', name: 'worker-1' }),
		N8nProcess.start({ ...base, role: 'worker', name: 'worker-2' }),
	]).catch((error: unknown) => {
		main.destroy();
		throw error;
	});
	return { main, workers, webhooks };
}
