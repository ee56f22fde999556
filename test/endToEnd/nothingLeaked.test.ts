import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CreatedInstance, SendResponse } from '../../contract';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { ADMIN_KEY, RunnerProcess } from './RunnerProcess';
import { WebhookReceiver } from './WebhookReceiver';

const OWNER = '15550001111';
const ANN = '15550002222';
const LIDA = '15550003333';
const TEXT = 'the-words-of-a-message';
const NAME = 'name-of-an-instance';
const PUSH_NAME = 'Name-of-a-person';
const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Everything below a folder, with its access rights. */
function walk(folder: string): Array<{ path: string; mode: string; isFolder: boolean }> {
	const own = lstatSync(folder);
	const below = readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		const stat = lstatSync(path);
		if (stat.isDirectory()) return walk(path);
		return [{ path, mode: (stat.mode & 0o777).toString(8), isFolder: false }];
	});
	return [{ path: folder, mode: (own.mode & 0o777).toString(8), isFolder: true }, ...below];
}

describe('after real use at the default log level', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let receiver: WebhookReceiver;
	let instance: CreatedInstance;
	let phone: Phone;
	let ann: Contact;
	/** All that the runner has written to stdout and stderr. */
	let log = '';
	let metrics = '';
	const secrets: string[] = [];

	const send = async (path: string, body: object) =>
		(await runner.call<SendResponse>('POST', path, body)).status;

	/** Links, writes both ways with a contact, a hidden one and a group, and loses the connection. */
	const play = async () => {
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		secrets.push(body.qr, ...body.qr.split(','));
		const device = await phone.scan(body.qr);
		await device.whenOnline();
		const lida = simulator.createContact({ number: LIDA, name: PUSH_NAME, addressing: 'lid' });
		const group = simulator.createGroup({ subject: TEXT, participants: [ann, lida, phone] });
		for (const to of [phone, group]) {
			for (const from of [ann, lida]) await from.sendText(to, TEXT);
		}
		expect(await send('/api/text', { number: ANN, message: TEXT })).toBe(200);
		await ann.receive();
		expect(await send('/api/text', { number: group.jid, message: TEXT })).toBe(200);
		expect(await send('/api/image', { number: ANN, image: PNG, caption: TEXT })).toBe(200);
		const reply = await ann.receive(({ text }) => text === TEXT);
		await ann.sendText(phone, TEXT, { quoted: reply });
		await receiver.until(() => receiver.of('received').length >= 5, 'five messages');
		device.drop('tcpReset');
		await device.whenOffline();
		await device.whenOnline();
	};

	/** Keys that do not fit, on both sides: libsignal would print whole sessions. */
	const loseSessions = async () => {
		ann.loseSessions(phone);
		await send('/api/text', { number: ANN, message: TEXT });
		await stop();
		const database = new DatabaseSync(join(runner.dataDir, 'runner.db'));
		database.exec("DELETE FROM signal_keys WHERE type = 'session'");
		database.close();
		await runner.start();
		const seen = receiver.of('received').length;
		await ann.sendText(phone, TEXT);
		await receiver.until(() => receiver.of('received').length > seen, 'the one sent again');
	};

	/** What goes wrong: keys, bodies, addresses, receivers. */
	const provoke = async () => {
		await runner.call('GET', '/api/instance', undefined, { apiKey: `${instance.apiKey}x` });
		await send('/api/text', { number: LIDA, text: TEXT });
		await send('/api/image', { number: ANN, image: `https://127.0.0.1/${TEXT}.png` });
		await runner.call('PUT', '/api/config/sent', { URL: `https://10.0.0.1/${TEXT}` });
		await runner.call('GET', `/api/message/${TEXT}`);
		receiver.answer = () => 503;
		for (let n = 0; n < 8; n++) await ann.sendText(phone, TEXT);
		await runner.call('POST', '/api/config/received/test');
		receiver.answer = () => 200;
		await runner.call('POST', '/api/instance/restart');
		await runner.call('POST', '/api/config/secret');
	};

	const stop = async () => {
		metrics += await (await fetch(`${runner.url}/metrics`)).text();
		await runner.stop();
		log += runner.log;
	};

	beforeAll(async () => {
		simulator = await startSimulator();
		receiver = new WebhookReceiver();
		await receiver.start();
		runner = new RunnerProcess({ simulator, env: { AWW_MESSAGES_PER_MINUTE: '0' } });
		await runner.start();
		phone = simulator.createPhone({ number: OWNER, name: PUSH_NAME });
		ann = simulator.createContact({ number: ANN, name: PUSH_NAME });
		const { url } = receiver;
		instance = await runner.createInstance(NAME, { received: url, sent: url, status: url });
		secrets.push(instance.apiKey, instance.webhookSecret, ADMIN_KEY);
		await play();
		await loseSessions();
		await provoke();
	}, 60_000);

	afterAll(async () => {
		await runner.remove();
		await receiver.stop();
		await simulator.stop();
	});

	test('every file of the data folder is its owner’s alone, those of the running database included', async () => {
		const entries = walk(runner.dataDir);
		const names = entries.map(({ path }) => path.slice(runner.dataDir.length + 1));
		expect(names).toEqual(expect.arrayContaining(['runner.db', 'runner.db-wal', 'runner.db-shm']));
		expect(names.some((name) => name.startsWith('media/'))).toBe(true);
		const wrong = entries.filter(({ mode, isFolder }) => mode !== (isFolder ? '700' : '600'));
		expect(wrong).toEqual([]);
		// What the tests below look at.
		await stop();
		expect(
			walk(runner.dataDir).filter(({ mode, isFolder }) => mode !== (isFolder ? '700' : '600')),
		).toEqual([]);
	});

	test('the log tells what happened, but no number, name, text, key, code or URL', () => {
		expect(log).toContain('The session runner is ready');
		expect(log).toMatch(/fails as a whole|connection/i);
		const forbidden = [OWNER, ANN, LIDA, TEXT, PUSH_NAME, PNG, '/hook', ...secrets];
		const found = forbidden.filter((text) => text.length > 3 && log.includes(text));
		expect(found).toEqual([]);
		expect(log.match(/\d{10,}@|@s\.whatsapp\.net|@lid|@g\.us|whsec_|aww_|\u2584/g)).toBeNull();
	});

	test('nothing that libsignal prints gets out: sessions and private keys', () => {
		expect(
			log.match(/SessionEntry|privKey|<Buffer|Closing|_chains|Session error|Bad MAC|Decrypt/gi),
		).toBeNull();
		const lines = log.split('\n').filter((line) => line !== '');
		const plain = lines.filter((line) => !/^\{"level":\d+,.*\}$/.test(line));
		// What it says to whoever starts it, and nothing else beside the lines of the log.
		expect(plain.filter((line) => !/^(Session runner|Instance|No instance)/.test(line))).toEqual(
			[],
		);
	});

	test('the metrics count all of it and name nobody', () => {
		const valueOf = (name: string) => {
			const [, value] = new RegExp(`^${name} ([\\d.e+]+)$`, 'm').exec(metrics) ?? [];
			return Number(value);
		};
		expect(valueOf('aww_webhook_attempts_total{kind="success"}')).toBeGreaterThan(5);
		expect(valueOf('aww_webhook_event_to_delivered_seconds_count')).toBeGreaterThan(5);
		expect(metrics).toMatch(/^aww_connections_closed_total\{code="\d+"\} \d/m);
		for (const name of [
			'aww_webhook_oldest_pending_seconds',
			'aww_webhook_deliveries_pending',
			'aww_webhook_receivers_failing',
			'aww_undecryptable_messages_total',
			'aww_resident_memory_per_session_bytes',
			'nodejs_eventloop_lag_p99_seconds',
			'process_resident_memory_bytes',
		]) {
			expect([name, valueOf(name)]).toEqual([name, expect.any(Number)]);
			expect(valueOf(name)).not.toBeNaN();
		}
		const forbidden = [OWNER, ANN, LIDA, TEXT, NAME, PUSH_NAME, instance.id, ...secrets];
		expect(forbidden.filter((text) => text.length > 3 && metrics.includes(text))).toEqual([]);
		expect(metrics.match(/https?:|127\.0\.0\.1|@|1555000/g)).toBeNull();
		const labels = new Set([...metrics.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
		const known = [
			'kind',
			'reason',
			'code',
			'order',
			'state',
			'method',
			'route',
			'status',
			'le',
			'type',
			'space',
		];
		expect(
			[...labels].filter(
				(label) => !known.includes(label!) && !/^(version|major|minor|patch)$/.test(label!),
			),
		).toEqual([]);
	});
});
