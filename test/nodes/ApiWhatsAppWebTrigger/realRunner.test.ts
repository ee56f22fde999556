import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SubscriptionView } from '../../../contract';
import { EmbeddedRunner } from '../../../nodes/embedded/EmbeddedRunner';
import { readOwnBuild } from '../../../nodes/embedded/OwnBuild';
import { stopEmbeddedRunners } from '../../../nodes/embedded/findOrStartRunner';
import { readEmbeddedKey } from '../../../nodes/embedded/readEmbeddedKey';
import { LocalN8n, type TriggerWorkflow } from './LocalN8n';

const main = join(__dirname, '../../../dist/runner/main.js');
const workflow: TriggerWorkflow = { webhookId: 'first', credential: { connection: 'embedded' } };

// Real processes, on machines that are busy with other tests.
jest.setTimeout(90_000);

describe('API WhatsApp Web Trigger with the real session runner', () => {
	let dataDir: string;
	let runner: EmbeddedRunner;
	let n8n: LocalN8n;
	const env = { ...process.env };

	beforeEach(async () => {
		dataDir = mkdtempSync(join(tmpdir(), 'real-runner-'));
		n8n = await new LocalN8n().start();
		process.env.AWW_DATA_DIR = dataDir;
		process.env.N8N_PORT = String(n8n.port);
		process.env.N8N_LISTEN_ADDRESS = '127.0.0.1';
		const build = readOwnBuild(main);
		runner = new EmbeddedRunner({ dataDir, args: [main], env: process.env, build });
		await runner.find();
	});

	afterEach(async () => {
		process.env = { ...env };
		await stopEmbeddedRunners();
		await Promise.all([runner.stop(), n8n.stop()]);
		rmSync(dataDir, { recursive: true });
	});

	async function request<T>(path: string, id: string): Promise<T> {
		const { url } = await runner.find();
		const answer = await fetch(url + path, { headers: { apiKey: readEmbeddedKey(), id } });
		return (await answer.json()) as T;
	}

	async function listSubscriptions(): Promise<SubscriptionView[]> {
		const { instances } = await request<{ instances: Array<{ id: string }> }>('/api/instances', '');
		const { id } = instances[0]!;
		return (await request<{ subscriptions: SubscriptionView[] }>('/api/subscriptions', id))
			.subscriptions;
	}

	it('subscribes on loopback, once, follows the settings, and leaves nothing behind', async () => {
		expect(await n8n.activate(workflow)).toBe(true);
		expect(await n8n.activate(workflow)).toBe(false);
		expect(await listSubscriptions()).toMatchObject([{ events: ['received'], disabled: null }]);

		const parameters = { events: ['status', 'sent'], options: { chats: '5554991997181' } };
		expect(await n8n.activate({ ...workflow, parameters })).toBe(true);
		const [subscription, ...rest] = await listSubscriptions();
		expect(rest).toEqual([]);
		expect(subscription!.url).toMatch(`${n8n.url}/webhook/first/webhook?settings=`);
		expect([...subscription!.events].sort()).toEqual(['sent', 'status']);
		expect(subscription!.filters.chats).toEqual(['5554991997181@s.whatsapp.net']);

		await n8n.deactivate(workflow);
		expect(await listSubscriptions()).toEqual([]);
	});
});
