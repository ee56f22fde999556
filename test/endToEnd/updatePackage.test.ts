import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedInstance, ErrorBody, PublishedRunner } from '../../contract';
import type { RunnerEndpoint } from '../../nodes/embedded/findOrStartRunner';
import { isOwned, readPublishedRunner } from '../../nodes/embedded/readRunnerFiles';
import { createTone, createWav } from '../runner/media/voice/sound/createWav';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { discard, installVersion, moveAway, PackageInN8n } from './PackageInN8n';
import { WebhookReceiver } from './WebhookReceiver';

// Real processes, on machines that are busy with other tests.
jest.setTimeout(90_000);

describe('an update of the package while its runner lives', () => {
	let folder: string;
	let dataDir: string;
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let receiver: WebhookReceiver;
	let ids: { apiKey: string; id: string };
	const processes: PackageInN8n[] = [];
	const nodes = () => join(folder, 'nodes');

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'update-'));
		dataDir = join(folder, 'data');
		simulator = await startSimulator();
		receiver = new WebhookReceiver();
		await receiver.start();
		installVersion(nodes(), '1.0.0');
	});

	afterEach(async () => {
		for (const n8n of processes.splice(0)) n8n.kill();
		await until(() => !isOwned(dataDir));
		await receiver.stop();
		await simulator.stop();
		rmSync(folder, { recursive: true });
	});

	function startN8n(): PackageInN8n {
		const n8n = new PackageInN8n({
			AWW_DATA_DIR: dataDir,
			AWW_ALLOW_HTTP_WEBHOOK_HOSTS: '127.0.0.1',
			AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS: '127.0.0.1',
			AWW_WHATSAPP_URL: simulator.url,
			AWW_WHATSAPP_ROOT_KEY: simulator.rootKeyHex,
			NODE_EXTRA_CA_CERTS: simulator.caCertificateFile,
		});
		processes.push(n8n);
		return n8n;
	}

	async function call<T>(
		{ url }: Pick<RunnerEndpoint, 'url'>,
		path: string,
		body?: object,
	): Promise<{ status: number; body: T & Partial<ErrorBody> }> {
		const answer = await fetch(url + path, {
			method: body ? 'POST' : 'GET',
			headers: { ...ids, ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
		});
		return { status: answer.status, body: (await answer.json()) as T & Partial<ErrorBody> };
	}

	/** An account that is linked, and a receiver that is told of what comes in. */
	async function link(runner: RunnerEndpoint): Promise<void> {
		ids = { apiKey: runner.adminKey, id: '' };
		const webhooks = { received: receiver.url };
		const made = await call<CreatedInstance>(runner, '/api/instances', { name: 'shop', webhooks });
		ids = { apiKey: runner.adminKey, id: made.body.id };
		const { body } = await call<{ qr: string }>(runner, '/api/instance/qr?wait=20');
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		await (await phone.scan(body.qr)).whenOnline();
	}

	function sendVoiceNote(runner: Pick<RunnerEndpoint, 'url'>) {
		const audio = createWav({ samples: createTone(440, 1) }).toString('base64');
		return call(runner, '/api/audio', { number: contact.number, audio, voice: true });
	}

	function published(): PublishedRunner {
		const found = readPublishedRunner(dataDir);
		if (!found) throw new Error('There is no runner');
		return found;
	}

	/** Resolves to the runner of this version, once it is there. */
	async function publishedAs(version: string): Promise<PublishedRunner> {
		await until(() => readPublishedRunner(dataDir)?.version === version);
		return published();
	}

	it('hands over to a runner of the new version by itself: no message is lost or told twice, there is one login at a time, and what is loaded late works', async () => {
		const n8n = startN8n();
		const old = await n8n.find(nodes());
		await link(old);
		const { pid } = published();
		let [online, most] = [1, 1];
		simulator.on('login', () => (most = Math.max(most, ++online)));
		simulator.on('offline', () => (online -= 1));

		const backup = moveAway(nodes());
		const refused = await sendVoiceNote(old);
		expect(refused).toMatchObject({ status: 503, body: { code: 'runner_replaced' } });
		await contact.sendText(phone, 'in between');
		installVersion(nodes(), '2.0.0');
		n8n.reload(nodes());
		discard(backup);
		const sent = Array.from({ length: 20 }, (_, index) => `during ${index + 1}`);
		for (const text of sent) await contact.sendText(phone, text);

		const next = await publishedAs('2.0.0');
		expect(next.pid).not.toBe(pid);
		expect(isAlive(pid)).toBe(false);
		expect(await sendVoiceNote(next)).toMatchObject({ status: 200 });
		await contact.receive(({ message }) => message.audioMessage?.ptt === true);
		const texts = () => receiver.of('received').map(({ message }) => message);
		await receiver.until(() => texts().length >= sent.length + 1, 'all messages');
		expect(texts()).toEqual(['in between', ...sent]);
		expect(most).toBe(1);
	});

	it('goes to the newer version and stays there while processes of both versions ask', async () => {
		installVersion(`${nodes()}-new`, '1.0.1');
		const [main, worker] = [startN8n(), startN8n()];
		const old = await main.find(nodes());
		ids = { apiKey: old.adminKey, id: '' };
		const found = await worker.find(`${nodes()}-new`);
		expect(published().version).toBe('1.0.1');
		const { pid } = published();
		for (let round = 0; round < 3; round += 1) {
			expect(await main.find(nodes())).toEqual(found);
			expect(await worker.find(`${nodes()}-new`)).toEqual(found);
		}
		expect(published().pid).toBe(pid);
		expect(await call(found, '/api/handover', { version: '1.0.1' })).toMatchObject({
			status: 409,
			body: { code: 'handover_refused' },
		});
	});

	it('replaces the runner also when the same version is installed anew', async () => {
		const n8n = startN8n();
		await n8n.find(nodes());
		const { pid } = published();
		discard(moveAway(nodes()));
		installVersion(nodes(), '1.0.0');
		const found = await n8n.find(nodes());
		expect(published().pid).not.toBe(pid);
		expect((await fetch(`${found.url}/readyz`)).status).toBe(200);
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Resolves once it is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
