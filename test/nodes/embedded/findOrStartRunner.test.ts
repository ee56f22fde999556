import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedInstance, InstanceView } from '../../../contract';
import type { RunnerEndpoint } from '../../../nodes/embedded/findOrStartRunner';
import { isOwned } from '../../../nodes/embedded/readRunnerFiles';

const door = join(__dirname, '../../../dist/nodes/embedded/findOrStartRunner.js');

/** What a node of ours does inside n8n, on the built package. */
const script = `
	setInterval(() => undefined, 60_000);
	require(${JSON.stringify(door)}).findOrStartRunner().then(
		(endpoint) => process.send(endpoint),
		(error) => process.send({ error: error.message }),
	);
`;

// Real processes, on machines that are busy with other tests.
jest.setTimeout(90_000);

describe('findOrStartRunner with the real session runner', () => {
	let userFolder: string;
	let dataDir: string;
	const processes: ChildProcess[] = [];

	beforeEach(() => {
		userFolder = mkdtempSync(join(tmpdir(), 'n8n-user-'));
		dataDir = join(userFolder, '.n8n', 'api-whatsapp-web');
	});

	afterEach(async () => {
		for (const n8n of processes.splice(0)) n8n.kill('SIGKILL');
		await until(() => !isOwned(dataDir));
		rmSync(userFolder, { recursive: true });
	});

	async function startN8n(): Promise<{ n8n: ChildProcess; endpoint: RunnerEndpoint }> {
		const n8n = spawn(process.execPath, ['-e', script], {
			env: { PATH: process.env.PATH, N8N_USER_FOLDER: userFolder, N8N_ENCRYPTION_KEY: 'secret' },
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		processes.push(n8n);
		const [endpoint] = (await once(n8n, 'message')) as [RunnerEndpoint & { error?: string }];
		if (endpoint.error) throw new Error(endpoint.error);
		return { n8n, endpoint };
	}

	async function listInstances({ url, adminKey }: RunnerEndpoint): Promise<InstanceView[]> {
		const answer = await fetch(`${url}/api/instances`, { headers: { apiKey: adminKey } });
		return ((await answer.json()) as { instances: InstanceView[] }).instances;
	}

	it('starts it under the n8n user folder, with the key that opens it, on loopback', async () => {
		const { endpoint } = await startN8n();
		expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(readFileSync(join(dataDir, 'admin-key'), 'utf8').trim()).toBe(endpoint.adminKey);
		expect(await listInstances(endpoint)).toEqual([]);
	});

	it('brings everything back after n8n was killed and started again', async () => {
		const { n8n, endpoint } = await startN8n();
		const answer = await fetch(`${endpoint.url}/api/instances`, {
			method: 'POST',
			headers: { apiKey: endpoint.adminKey, 'content-type': 'application/json' },
			body: JSON.stringify({ name: 'default' }),
		});
		const { id } = (await answer.json()) as CreatedInstance;
		n8n.kill('SIGKILL');
		// At once, while the old runner may still be on its way out.
		const again = await startN8n();
		expect(again.endpoint.adminKey).toBe(endpoint.adminKey);
		expect((await listInstances(again.endpoint)).map((instance) => instance.id)).toEqual([id]);
	});

	it('gives two processes of n8n that start together one runner', async () => {
		const [main, worker] = await Promise.all([startN8n(), startN8n()]);
		expect(worker.endpoint).toEqual(main.endpoint);
	});

	it('takes the runner along when n8n is killed', async () => {
		const { n8n } = await startN8n();
		expect(isOwned(dataDir)).toBe(true);
		n8n.kill('SIGKILL');
		await until(() => !isOwned(dataDir));
	});
});

/** Resolves once it is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
