import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT_OWNED_BY_ANOTHER, type InstanceView, type MessageView } from '../../contract';
import { startSimulator, type Contact, type LinkedDevice, type Simulator } from '../simulator';
import { RUNNER_FILE, RunnerProcess } from './RunnerProcess';

const PASSPHRASE = 'four words nobody guesses';

interface Ended {
	code: number | null;
	output: string;
}

jest.setTimeout(90_000);

/** Moving a linked instance from one data folder to another, with the program as users have it. */
describe('an instance that moves', () => {
	let simulator: Simulator;
	let folder: string;
	let file: string;
	let contact: Contact;
	let device: LinkedDevice;
	let old: RunnerProcess;
	let next: RunnerProcess;
	let apiKey: string;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-move-'));
		file = join(folder, 'shop.backup');
		simulator = await startSimulator();
		old = new RunnerProcess({ simulator });
		next = new RunnerProcess({ simulator });
		await old.start();
		({ apiKey } = await old.createInstance('shop'));
		const { body } = await old.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		device = await phone.scan(body.qr);
		await device.whenOnline();
		await device.receipted(await contact.sendText(phone, 'before'));
	});

	afterEach(async () => {
		await old.remove();
		await next.remove();
		await simulator.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	async function run(dataDir: string, args: string[], passphrase = PASSPHRASE): Promise<Ended> {
		const child = spawn(process.execPath, [RUNNER_FILE, ...args], {
			env: { PATH: process.env.PATH, AWW_DATA_DIR: dataDir, AWW_BACKUP_PASSPHRASE: passphrase },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, output };
	}

	/** The simulator knows of a login a moment before the runner does. */
	async function whenConnected(runner: RunnerProcess): Promise<void> {
		await device.whenOnline();
		while ((await viewOf(runner)).state === 'reconnecting') await delay(20);
		expect(await viewOf(runner)).toMatchObject({ state: 'connected', name: 'shop' });
	}

	const viewOf = async (runner: RunnerProcess) =>
		(await runner.call<InstanceView>('GET', '/api/instance')).body;

	test('goes on at its new place without a new QR code, and does not log in at the old one', async () => {
		const { registrations } = simulator.counters;
		await old.stop();
		const exported = await run(old.dataDir, ['export', 'shop', file]);
		expect(exported).toMatchObject({ code: 0 });
		expect(exported.output).toMatch(
			/exported with \d+ stored messages to .*does not run here any more/s,
		);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const bytes = readFileSync(file);
		for (const secret of [apiKey, '15550002222', 'before', 'shop']) {
			expect(bytes.includes(secret)).toBe(false);
		}

		const missed = await contact.sendText(device.phone, 'meanwhile');
		expect(await run(next.dataDir, ['import', file])).toMatchObject({ code: 0 });
		next.actAs(old);
		await next.start();
		await whenConnected(next);
		await device.receipted(missed);
		const { body } = await next.call<MessageView>('GET', `/api/message/${missed}`);
		expect(body.message).toBe('meanwhile');
		const sent = await next.call('POST', '/api/text', { number: contact.number, message: 'moved' });
		expect(sent.status).toBe(200);
		await contact.receive(({ text }) => text === 'moved');

		await old.start();
		expect(await viewOf(old)).toMatchObject({
			state: 'stopped',
			lastError: expect.stringMatching(/^Exported on /),
		});
		expect(await viewOf(next)).toMatchObject({ state: 'connected' });
		expect(simulator.counters).toMatchObject({
			registrations,
			logins: 2,
			retryReceipts: 0,
			nacks: {},
		});
	});

	test('is not exported while a runner has its data folder, which is named', async () => {
		const { code, output } = await run(old.dataDir, ['export', 'shop', file]);
		expect(code).toBe(EXIT_OWNED_BY_ANOTHER);
		expect(output).toContain(`process ${old.pid} at ${old.url}`);
		expect(existsSync(file)).toBe(false);
		expect(await viewOf(old)).toMatchObject({ state: 'connected' });
	});

	test('goes on where it is when a copy is made, and a linked one takes no copy in', async () => {
		await old.stop();
		expect(await run(old.dataDir, ['export', 'shop', file, '--copy'])).toMatchObject({ code: 0 });
		const refused = await run(old.dataDir, ['import', file]);
		expect(refused).toMatchObject({ code: 1 });
		expect(refused.output).toMatch(/here already, and linked/);
		await old.start();
		await whenConnected(old);
	});

	test('can come back to where it was exported', async () => {
		await old.stop();
		await run(old.dataDir, ['export', 'shop', file]);
		expect(await run(old.dataDir, ['import', file])).toMatchObject({ code: 0 });
		await old.start();
		await whenConnected(old);
	});

	test('is not taken in with a wrong passphrase, and no data folder is made for it', async () => {
		await old.stop();
		await run(old.dataDir, ['export', 'shop', file]);
		const elsewhere = join(folder, 'elsewhere');
		const { code, output } = await run(elsewhere, ['import', file], 'four other words here');
		expect(code).toBe(1);
		expect(output).toMatch(/passphrase is wrong/);
		expect(output).not.toMatch(/at .*\.[jt]s/);
		expect(existsSync(elsewhere)).toBe(false);
	});
});
