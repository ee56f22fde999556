import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_FILES } from '../../../contract';
import { stopEmbeddedRunners } from '../../../nodes/embedded/findOrStartRunner';
import { acquireOwnership, publishEndpoint, type Ownership } from '../../../runner/ownership';
import { toReceived } from './bodies';
import { LocalN8n, type TriggerWorkflow } from './LocalN8n';
import { SubscribingRunner } from './SubscribingRunner';

const workflow: TriggerWorkflow = {
	webhookId: 'first',
	credential: { connection: 'embedded' },
	publicUrl: 'https://n8n.example/behind/a/proxy',
};

describe('API WhatsApp Web Trigger with the embedded session runner', () => {
	let runner: SubscribingRunner;
	let n8n: LocalN8n;
	let dataDir: string;
	let ownership: Ownership;
	const env = { ...process.env };

	beforeEach(async () => {
		runner = await new SubscribingRunner().start();
		n8n = await new LocalN8n().start();
		dataDir = mkdtempSync(join(tmpdir(), 'trigger-'));
		// As another process of this n8n has it running.
		ownership = acquireOwnership(dataDir);
		writeFileSync(join(dataDir, RUNNER_FILES.adminKey), runner.adminKey);
		publishEndpoint(dataDir, {
			url: runner.url,
			pid: process.pid,
			startedAt: '2026-01-01T00:00:00.000Z',
			version: '0.0.0',
		});
		process.env.AWW_DATA_DIR = dataDir;
		process.env.N8N_PORT = String(n8n.port);
		process.env.N8N_LISTEN_ADDRESS = '127.0.0.1';
	});

	afterEach(async () => {
		process.env = { ...env };
		await stopEmbeddedRunners();
		await Promise.all([runner.stop(), n8n.stop()]);
		ownership.release();
		rmSync(dataDir, { recursive: true });
	});

	it('needs no public address: the runner delivers to n8n on loopback', async () => {
		await n8n.activate(workflow);
		expect(runner.subscriptions[0]!.url).toMatch(`${n8n.url}/webhook/first/webhook?settings=`);
		const body = toReceived();
		expect(await runner.deliver(body)).toEqual([200]);
		expect(n8n.executions).toMatchObject([{ json: body }]);
	});

	it('makes the instance on its first use', async () => {
		await n8n.activate(workflow);
		expect(runner.instances.map(({ name }) => name)).toEqual(['default']);
	});

	it('registers test runs on loopback as well', async () => {
		await n8n.activate(workflow, true);
		expect(runner.subscriptions[0]!.url).toMatch(`${n8n.url}/webhook-test/first/webhook?settings=`);
	});

	it('leaves a subscription on loopback alone that is up to date', async () => {
		await n8n.activate(workflow);
		expect(await n8n.activate(workflow)).toBe(false);
		expect(runner.subscriptions).toHaveLength(1);
	});

	it('takes back its own subscription only', async () => {
		await n8n.activate(workflow);
		await n8n.activate({ ...workflow, webhookId: 'second' });
		await n8n.activate(workflow, true);
		await n8n.deactivate(workflow);
		expect(runner.subscriptions.map(({ url }) => new URL(url).pathname)).toEqual([
			'/webhook/second/webhook',
			'/webhook-test/first/webhook',
		]);
	});

	it('uses the public address when n8n does not answer on loopback', async () => {
		n8n.isHealthy = false;
		await n8n.activate(workflow);
		expect(runner.subscriptions[0]!.url).toMatch(
			/^https:\/\/n8n\.example\/behind\/a\/proxy\/webhook\/first\/webhook\?/,
		);
	});

	it('cleans up the subscription of an earlier address of n8n', async () => {
		n8n.isHealthy = false;
		await n8n.activate(workflow);
		n8n.isHealthy = true;
		expect(await n8n.activate(workflow)).toBe(true);
		expect(runner.subscriptions.map(({ url }) => new URL(url).origin)).toEqual([n8n.url]);
	});

	it('fails the activation with what to do when n8n can be reached neither way', async () => {
		n8n.isHealthy = false;
		await expect(
			n8n.activate({ ...workflow, publicUrl: 'http://n8n.example' }),
		).rejects.toMatchObject({
			description: expect.stringMatching(/N8N_LISTEN_ADDRESS.*WEBHOOK_URL/) as unknown,
		});
	});

	it('checks deliveries without asking the runner', async () => {
		await n8n.activate(workflow);
		const [subscription] = runner.subscriptions;
		await runner.stop();
		runner.subscriptions = [subscription!];
		expect(await runner.deliver(toReceived())).toEqual([200]);
	});
});
