import { join } from 'node:path';
import type { WorldAddress } from '../world/WorldApi';
import { callJson } from './callJson';
import type { Gateway } from './Gateway';
import { GatewayProcess } from './GatewayProcess';

/** Plain Baileys in a process of its own; see plainProcess.ts for the two ways. */
export class PlainGateway implements Gateway {
	private readonly process: GatewayProcess;

	constructor(
		readonly name: 'raw' | 'naive',
		world: WorldAddress,
		nodeOptions: readonly string[] = [],
	) {
		this.process = new GatewayProcess({
			arguments: [...nodeOptions, join(__dirname, 'plainProcess.ts')],
			readyPath: '/',
			env: ({ port, dataDir }) => ({
				BENCH_GATEWAY: name,
				BENCH_PORT: String(port),
				BENCH_DATA_DIR: dataDir,
				BENCH_WHATSAPP_URL: world.whatsappUrl,
			}),
		});
	}

	get pid(): number {
		return this.process.pid;
	}

	start(): Promise<void> {
		return this.process.start();
	}

	stop(): Promise<void> {
		return this.process.stop();
	}

	async link(session: string, webhookUrl: string): Promise<string> {
		const { qr } = await callJson<{ qr: string }>({
			method: 'POST',
			url: `${this.process.url}/link`,
			body: { session, webhookUrl },
		});
		return qr;
	}

	async sendText(session: string, number: string, message: string): Promise<void> {
		await callJson({
			method: 'POST',
			url: `${this.process.url}/text`,
			body: { session, number, message },
		});
	}

	remove(): Promise<void> {
		return this.process.remove();
	}
}
