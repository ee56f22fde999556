import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import type { SelfSignedCertificate } from '../simulator/media/selfSignedCertificate';
import { installN8n } from './installN8n';
import { installPackage } from './installPackage';
import { N8nApi, type Credential, type Workflow } from './N8nApi';
import { N8nProcess } from './N8nProcess';

/** This repository, whose `dist` is what gets tested. */
export const root = path.resolve(__dirname, '../..');

/** Webhook URLs that the scenarios set lead to this machine. */
const LOCAL_RECEIVERS = {
	AWW_ALLOW_HTTP_WEBHOOK_HOSTS: '127.0.0.1',
	AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS: '127.0.0.1',
};

/** What the scenarios play on, one after the other: later ones build on what earlier ones made. */
export class Stage {
	/** Made by `linkPhone`. */
	credential: Credential | undefined;
	/** Made by `answerMessage`: received → send text. */
	answering: Workflow | undefined;
	/** Made by `reportStatus`: status → no operation. */
	watching: Workflow | undefined;

	readonly api: N8nApi;
	readonly phone: Phone;
	readonly contact: Contact;

	protected constructor(
		readonly userFolder: string,
		readonly simulator: Simulator,
		readonly n8n: N8nProcess,
	) {
		this.api = new N8nApi(n8n.url);
		this.phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		this.contact = simulator.createContact({ number: '15550002222', name: 'Contact' });
	}

	/**
	 * Installs what is missing, starts a simulator and an n8n that has an owner and the package that
	 * stands, built, in `source`.
	 */
	static async set(
		log: (line: string) => void,
		{ source = root, tls }: { source?: string; tls?: SelfSignedCertificate } = {},
	): Promise<Stage> {
		const program = await installN8n(log);
		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-user-'));
		log('Packing our package and installing it as n8n does');
		await installPackage(source, userFolder);
		const simulator = await startSimulator();
		log('Starting n8n');
		const n8n = await N8nProcess.start({
			program,
			userFolder,
			tls: tls !== undefined,
			env: {
				...toSimulatorEnv(simulator),
				...LOCAL_RECEIVERS,
				...(tls && (await writeTlsFiles(userFolder, tls))),
			},
		}).catch(async (error: unknown) => {
			await simulator.stop();
			throw error;
		});
		const stage = new Stage(userFolder, simulator, n8n);
		await stage.api.setUpOwner();
		return stage;
	}

	/** Ends everything; keeps the folder, where the logs are, if something failed. */
	async strike(succeeded: boolean): Promise<void> {
		this.n8n.destroy();
		await this.simulator.stop();
		if (succeeded) await rm(this.userFolder, { recursive: true, force: true, maxRetries: 5 });
		else console.log(`\nLogs and data of n8n and the runner: ${this.userFolder}`);
	}
}

/** Lets n8n serve TLS itself; resolves to its settings for that. */
async function writeTlsFiles(
	folder: string,
	{ certificate, key }: SelfSignedCertificate,
): Promise<Record<string, string>> {
	const N8N_SSL_CERT = path.join(folder, 'certificate.pem');
	const N8N_SSL_KEY = path.join(folder, 'key.pem');
	await writeFile(N8N_SSL_CERT, certificate);
	await writeFile(N8N_SSL_KEY, key);
	return { N8N_PROTOCOL: 'https', N8N_SSL_CERT, N8N_SSL_KEY };
}

/** Sends n8n's runner to the simulator instead of WhatsApp. */
export function toSimulatorEnv(simulator: Simulator): Record<string, string> {
	return {
		AWW_WHATSAPP_URL: simulator.url,
		AWW_WHATSAPP_ROOT_KEY: simulator.rootKeyHex,
		// The simulator's media host is https with a certificate of its own.
		NODE_EXTRA_CA_CERTS: simulator.caCertificateFile,
	};
}

/** What an earlier scenario should have made. */
export function required<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new Error(`There is no ${what}: an earlier step failed`);
	return value;
}
