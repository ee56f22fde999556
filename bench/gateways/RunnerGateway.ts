import { randomBytes } from 'node:crypto';
import type { CreatedInstance, QrCode } from '../../contract';
import type { WorldAddress } from '../world/WorldApi';
import { callJson } from './callJson';
import type { Gateway } from './Gateway';
import { GatewayProcess } from './GatewayProcess';

/** The compiled runner as users start it: everything durable, webhooks signed. */
export class RunnerGateway implements Gateway {
	readonly name = 'runner';
	private readonly adminKey = randomBytes(16).toString('hex');
	private readonly instances = new Map<string, CreatedInstance>();
	private readonly process: GatewayProcess;

	/** `file` is its main.js; `nodeOptions` come before it. */
	constructor(world: WorldAddress, file: string, nodeOptions: readonly string[] = []) {
		this.process = new GatewayProcess({
			arguments: [...nodeOptions, file],
			readyPath: '/readyz',
			env: ({ port, dataDir }) => ({
				AWW_PORT: String(port),
				AWW_DATA_DIR: dataDir,
				AWW_ADMIN_KEY: this.adminKey,
				AWW_LOG_LEVEL: 'warn',
				AWW_WHATSAPP_URL: world.whatsappUrl,
				AWW_WHATSAPP_ROOT_KEY: world.rootKeyHex,
				AWW_ALLOW_HTTP_WEBHOOK_HOSTS: '127.0.0.1',
				AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS: '127.0.0.1',
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
		const instance = await callJson<CreatedInstance>({
			method: 'POST',
			url: `${this.process.url}/api/instances`,
			headers: { apiKey: this.adminKey },
			body: { name: session, webhooks: { received: webhookUrl } },
		});
		this.instances.set(session, instance);
		const { qr } = await callJson<QrCode>({
			method: 'GET',
			url: `${this.process.url}/api/instance/qr?wait=30`,
			headers: this.headersOf(session),
		});
		return qr;
	}

	async sendText(session: string, number: string, message: string): Promise<void> {
		await callJson({
			method: 'POST',
			url: `${this.process.url}/api/text`,
			headers: this.headersOf(session),
			body: { number, message },
		});
	}

	remove(): Promise<void> {
		return this.process.remove();
	}

	private headersOf(session: string): Record<string, string> {
		const { apiKey = '', id = '' } = this.instances.get(session) ?? {};
		return { apiKey, id };
	}
}
