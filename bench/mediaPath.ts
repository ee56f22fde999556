import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CreatedInstance, QrCode } from '../contract';
import { startSimulator, type Contact, type Phone, type Simulator } from '../test/simulator';
import { readRssMb } from './measure/readProcess';

const MB = 1024 * 1024;
const PORT = 3999;
const URL_BASE = `http://127.0.0.1:${PORT}`;
const ADMIN_KEY = 'admin-key-of-the-benchmark';
const SAMPLE_MS = 2;
const TIMEOUT_MS = 120_000;

/** The runner as a process of its own, from source, linked to the simulated phone. */
interface Runner {
	child: ChildProcess;
	headers: Record<string, string>;
}

/**
 * `node -r @swc-node/register bench/mediaPath.ts [megabytes]`: how much the runner grows while a file goes
 * the whole way: form to contact, base64 to contact, contact to GET. Linux only: it reads /proc.
 */
async function main(megabytes: number): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'aww-bench-path-'));
	const simulator = await startSimulator();
	let child: ChildProcess | undefined;
	try {
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		const contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		child = startRunner(simulator, folder);
		const headers = await link(phone);
		const runner = { child, headers };
		// What grows once (code, buffers, sessions) is not the file's.
		for (const size of [1, 1]) await sendForm(runner, contact, folder, size);
		await receive(runner, contact, phone, 1);
		const steps: Array<[string, () => Promise<void>]> = [
			['form to contact', () => sendForm(runner, contact, folder, megabytes)],
			['contact to GET', () => receive(runner, contact, phone, megabytes)],
			['base64 in JSON to contact', () => sendBase64(runner, contact, megabytes)],
		];
		for (const [name, step] of steps)
			process.stdout.write(`${name}: ${await measure(child, step)}\n`);
	} finally {
		child?.kill('SIGKILL');
		await simulator.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function measure(child: ChildProcess, step: () => Promise<void>): Promise<string> {
	await delay(2_000);
	const read = () => readRssMb(child.pid ?? 0) ?? 0;
	const before = read();
	let peak = before;
	const sampler = setInterval(() => (peak = Math.max(peak, read())), SAMPLE_MS);
	const startedAt = performance.now();
	await step();
	clearInterval(sampler);
	const tookMs = Math.round(performance.now() - startedAt);
	const toText = (mb: number) => `${mb.toFixed(0)} MB`;
	return `resident memory ${toText(before)} before, at most ${toText(peak)}, growth ${toText(peak - before)}; ${tookMs} ms`;
}

async function sendForm(
	{ headers }: Runner,
	contact: Contact,
	folder: string,
	megabytes: number,
): Promise<void> {
	const path = join(folder, 'file.bin');
	await writeFile(path, randomBytes(megabytes * MB));
	const form = new FormData();
	form.append('number', contact.number);
	form.append('document', await openAsBlob(path), 'file.bin');
	await post('/api/document', { headers, body: form });
	await expectFile(contact, megabytes);
}

async function sendBase64({ headers }: Runner, contact: Contact, megabytes: number): Promise<void> {
	const document = randomBytes(megabytes * MB).toString('base64');
	await post('/api/document', {
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify({ number: contact.number, document }),
	});
	await expectFile(contact, megabytes);
}

async function receive(
	{ headers }: Runner,
	contact: Contact,
	phone: Phone,
	megabytes: number,
): Promise<void> {
	const file = randomBytes(megabytes * MB);
	const fields = { fileName: 'file.bin', mimetype: 'application/octet-stream' };
	const id = await contact.sendMedia(phone, 'document', file, fields);
	const url = `${URL_BASE}/api/message/${id}/media`;
	const response = await poll(async () => {
		const answer = await fetch(url, { headers });
		if (answer.ok) return answer;
		await answer.body?.cancel();
		return undefined;
	});
	let bytes = 0;
	for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
	if (bytes !== file.length) throw new Error(`GET gave ${bytes} bytes`);
}

async function expectFile(contact: Contact, megabytes: number): Promise<void> {
	const received = await contact.receive(undefined, { timeoutMs: TIMEOUT_MS });
	const { length } = await contact.download(received);
	if (length !== megabytes * MB) throw new Error(`The contact got ${length} bytes`);
}

async function post(path: string, request: RequestInit): Promise<unknown> {
	const response = await fetch(URL_BASE + path, { method: 'POST', ...request });
	const text = await response.text();
	if (response.status >= 300) throw new Error(`${path}: ${response.status} ${text}`);
	return JSON.parse(text) as unknown;
}

function startRunner(simulator: Simulator, folder: string): ChildProcess {
	return spawn(process.execPath, ['-r', '@swc-node/register', 'runner/main.ts'], {
		cwd: join(__dirname, '..'),
		env: {
			...process.env,
			NODE_EXTRA_CA_CERTS: simulator.caCertificateFile,
			AWW_PORT: String(PORT),
			AWW_DATA_DIR: folder,
			AWW_ADMIN_KEY: ADMIN_KEY,
			AWW_LOG_LEVEL: 'warn',
			AWW_WHATSAPP_URL: simulator.url,
			AWW_WHATSAPP_ROOT_KEY: simulator.rootKeyHex,
		},
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

async function link(phone: Phone): Promise<Record<string, string>> {
	await poll(async () => (await fetch(`${URL_BASE}/readyz`)).ok || undefined);
	const { apiKey, id } = (await post('/api/instances', {
		headers: { apiKey: ADMIN_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ name: 'bench' }),
	})) as CreatedInstance;
	const headers = { apiKey, id };
	const response = await fetch(`${URL_BASE}/api/instance/qr?wait=30`, { headers });
	const device = await phone.scan(((await response.json()) as QrCode).qr);
	await device.whenOnline();
	return headers;
}

async function poll<T>(look: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (Date.now() < deadline) {
		const found = await look().catch(() => undefined);
		if (found !== undefined) return found;
		await delay(100);
	}
	throw new Error('Waited in vain for the runner.');
}

main(Number(process.argv[2] ?? 64)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
