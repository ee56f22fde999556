import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BufferJSON } from '@whiskeysockets/baileys';
import { RUNNER_FILES, type CreatedInstance } from '../../contract';
import { systemClock } from '../../runner/Clock';
import { MediaStore } from '../../runner/media/MediaStore';
import { Database } from '../../runner/storage/Database';
import { CredentialRepository } from '../../runner/storage/CredentialRepository';
import { MasterKeys } from '../../runner/storage/encryption/MasterKeys';
import {
	open,
	opened,
	SEALED_TABLES,
	type SealedColumn,
} from '../../runner/storage/encryption/sealedColumns';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** Becomes a voice note. */
const TONE = readFileSync(join(__dirname, '../runner/media/voice/fixtures/tone.mp3'));
const MEDIA_LIMITS = { maxFileBytes: 1e9, quotaBytes: 1e9, clock: systemClock };
const MASTER_KEY = 'the-master-key-of-this-test-0123456789';
/** Everything people wrote, or are called. */
const SAID = {
	incoming: 'words that came in',
	edited: 'words that were edited',
	outgoing: 'words that went out',
	queued: 'words that wait to go out',
	caption: 'words below a picture',
	group: 'Subject of the group',
	person: 'Name of the person',
	owner: 'Name of the owner',
	option: 'Words to choose',
	fileName: 'name-of-the-file.pdf',
	answer: 'answer of the receiver',
	toCallers: 'words to those who call',
	sentFile: 'words in a file that was sent',
	receivedFile: 'words in a file that was received',
};
/** More than fits into one piece of a stored file. */
const toFile = (words: string) => Buffer.from(`${words}\n`.repeat(5_000));

interface KeyPair {
	private: Uint8Array;
}

jest.setTimeout(90_000);

describe('what is on disk after real use and a kill', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let receiver: Server;
	let instance: CreatedInstance;
	let subscriptionSecret: string;
	let disk: Map<string, Buffer>;
	let calls = 0;

	beforeAll(async () => {
		simulator = await startSimulator();
		receiver = createServer((request, response) => {
			calls++;
			request.resume().on('end', () => response.end(SAID.answer));
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		runner = new RunnerProcess({ simulator, env: { AWW_ENCRYPTION_KEY: MASTER_KEY } });
		await runner.start();
		await play();
		await runner.kill();
		disk = readAll(runner.dataDir);
	});
	afterAll(async () => {
		await runner.remove();
		await new Promise((resolve) => receiver.close(resolve));
		receiver.closeAllConnections();
		await simulator.stop();
	});

	async function play(): Promise<void> {
		const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
		instance = await runner.createInstance('shop', { received: url, sent: url });
		const subscribed = await runner.call<{ secret: string }>('POST', '/api/subscriptions', {
			url: `${url}/2`,
			events: ['received'],
		});
		expect(subscribed.status).toBe(201);
		subscriptionSecret = subscribed.body.secret;
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		const phone = simulator.createPhone({ number: '15550001111', name: SAID.owner });
		const ann = simulator.createContact({ number: '15550002222', name: SAID.person });
		const group = simulator.createGroup({ subject: SAID.group, participants: [ann, phone] });
		const device = await phone.scan(body.qr);
		await device.whenOnline();
		const id = await ann.sendText(phone, SAID.incoming);
		await device.receipted(id);
		await device.receipted(await ann.edit(phone, id, SAID.edited));
		await device.receipted(await ann.sendText(group, SAID.incoming));
		const send = async (path: string, message: object) =>
			expect(await runner.call('POST', path, message)).toMatchObject({ status: 200 });
		const { number } = ann;
		const idempotent = { 'idempotency-key': 'once' };
		const text = { number, message: SAID.outgoing };
		expect((await runner.call('POST', '/api/text', text, idempotent)).status).toBe(200);
		await send('/api/text', { number: group.jid, message: SAID.outgoing });
		await send('/api/image', { number, image: PNG, caption: SAID.caption });
		await send('/api/document', { number, document: PNG, fileName: SAID.fileName });
		const document = toFile(SAID.sentFile).toString('base64');
		await send('/api/document', { number, document, fileName: SAID.fileName });
		await send('/api/audio', { number, audio: TONE.toString('base64'), voice: true });
		await receiveFile(ann, phone);
		await send('/api/poll', { number, question: SAID.option, options: [SAID.option, 'no'] });
		await runner.call('POST', '/api/config/secret');
		await send('/api/config/automatic', { rejectCallsText: SAID.toCallers });
		const before = calls;
		await device.receipted(await ann.sendText(phone, SAID.incoming));
		while (calls < before + 2) await new Promise((resolve) => setTimeout(resolve, 20));
		simulator.holdUpgrades(true);
		device.drop('tcpReset');
		await device.whenOffline();
		// The answer is cut off by the kill.
		runner.call('POST', '/api/text', { number, message: SAID.queued }).catch(() => undefined);
		await untilQueued();
	}

	async function receiveFile(ann: Contact, phone: Phone): Promise<void> {
		const file = toFile(SAID.receivedFile);
		const id = await ann.sendMedia(phone, 'document', file, { fileName: SAID.fileName });
		const headers = { apiKey: instance.apiKey, id: instance.id };
		const fetchFile = () => fetch(`${runner.url}/api/message/${id}/media`, { headers });
		let answer = await fetchFile();
		for (; !answer.ok; answer = await fetchFile()) {
			await answer.text();
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
	}

	async function untilQueued(): Promise<void> {
		const raw = new DatabaseSync(join(runner.dataDir, 'runner.db'), { readOnly: true });
		const queued = raw.prepare('SELECT 1 FROM send_queue');
		while (!queued.get()) await new Promise((resolve) => setTimeout(resolve, 20));
		raw.close();
	}

	function openStored(): Database {
		const masters = new MasterKeys({ dataDir: runner.dataDir, key: MASTER_KEY });
		return Database.open(join(runner.dataDir, 'runner.db'), masters);
	}

	function readAll(folder: string): Map<string, Buffer> {
		return new Map(
			readdirSync(folder, { withFileTypes: true, recursive: true })
				.filter((entry) => entry.isFile())
				.map(({ parentPath, name }) => join(parentPath, name))
				.map((path) => [relative(folder, path), readFileSync(path)]),
		);
	}

	/** Of everything but what a runner that was killed has left behind. */
	function readDigests(): Array<[name: string, sha256: string]> {
		return [...readAll(runner.dataDir)]
			.filter(([name]) => name !== RUNNER_FILES.endpoint && !/-(journal|wal|shm)$/.test(name))
			.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]);
	}

	/** Where it stands: as text or bytes, in hex or in base64. */
	function findOnDisk(secret: string | Uint8Array): string[] {
		const bytes = Buffer.from(secret as string);
		const spellings = [bytes, Buffer.from(bytes.toString('hex')), toInnerBase64(bytes)];
		return [...disk].flatMap(([name, content]) =>
			spellings.some((spelling) => content.includes(spelling)) ? [name] : [],
		);
	}

	/** Base64 without the characters that depend on what stands around it. */
	function toInnerBase64(bytes: Buffer): Buffer {
		return Buffer.from(bytes.toString('base64').replace(/=+$/, '').slice(0, -1));
	}

	test('the search finds what is there: ids and numbers, which are kept to be searched for', () => {
		expect([...disk.keys()]).toEqual(expect.arrayContaining(['runner.db', 'runner.db-wal']));
		expect(findOnDisk(instance.id)).not.toEqual([]);
		expect(findOnDisk('15550002222')).not.toEqual([]);
	});

	test.each(Object.entries(SAID))('no text or name is: %s', (_, text) => {
		expect(findOnDisk(text)).toEqual([]);
	});

	test('all of it was stored, sealed', async () => {
		const database = openStored();
		const stored = Object.entries(SEALED_TABLES).flatMap(([table, { columns }]) =>
			columns.flatMap((column) =>
				database
					.all<{ value: Uint8Array | string | null }>(
						`SELECT ${opened(`${table}.${column}` as SealedColumn)} AS value FROM ${table}`,
					)
					.map(({ value }) => Buffer.from(value ?? '').toString()),
			),
		);
		const { sentFile, receivedFile, ...said } = SAID;
		const all = stored.join('\n');
		expect(Object.values(said).filter((text) => !all.includes(text))).toEqual([]);
		const media = new MediaStore({ dataDir: runner.dataDir, database, ...MEDIA_LIMITS });
		for (const words of [sentFile, receivedFile]) {
			const file = toFile(words);
			const found = media.find(createHash('sha256').update(file).digest('hex'));
			expect((await found?.content.read())?.equals(file)).toBe(true);
		}
		await database.close();
	});

	test('files are there, under their hashes, and not one of their lines', () => {
		const files = [...disk].filter(([name]) => name.startsWith('media/'));
		expect(files.length).toBeGreaterThanOrEqual(3);
		for (const words of [SAID.sentFile, SAID.receivedFile]) {
			const hash = createHash('sha256').update(toFile(words)).digest('hex');
			expect(files.map(([name]) => name)).toContain(`media/${hash.slice(0, 2)}/${hash}`);
		}
		expect(findOnDisk(Buffer.from(PNG, 'base64').subarray(0, 24))).toEqual([]);
		expect(findOnDisk(TONE.subarray(4_000, 4_060))).toEqual([]);
		const words = Buffer.from('words in a file').toString('base64');
		expect([...disk].filter(([, content]) => content.includes(words))).toEqual([]);
	});

	test('no secret is: of webhooks, of the API, nor the master key', () => {
		const { apiKey, webhookSecret } = instance;
		for (const secret of [
			apiKey,
			webhookSecret,
			Buffer.from(webhookSecret.slice('whsec_'.length), 'base64'),
			subscriptionSecret,
			MASTER_KEY,
		]) {
			expect(findOnDisk(secret)).toEqual([]);
		}
		expect([...disk.keys()]).not.toContain('encryption-key');
	});

	test('of API keys there are only hashes', () => {
		const hash = createHash('sha256').update(instance.apiKey).digest('hex');
		expect(findOnDisk(hash)).not.toEqual([]);
	});

	test('no private key of WhatsApp’s is, and none of the sessions with contacts', async () => {
		const database = openStored();
		const stored = new CredentialRepository(database).read(instance.id) ?? '';
		const credentials = JSON.parse(stored, BufferJSON.reviver) as Record<string, KeyPair> & {
			advSecretKey: string;
		};
		const secrets = [
			...['noiseKey', 'signedIdentityKey', 'pairingEphemeralKeyPair'].map(
				(name) => credentials[name]!.private,
			),
			credentials.advSecretKey,
		];
		for (const secret of secrets) {
			expect(secret.length).toBeGreaterThanOrEqual(32);
			expect(findOnDisk(secret)).toEqual([]);
		}
		const keys = database.all<{ value: string }>(
			`SELECT ${open('signal_keys.value')} FROM signal_keys`,
		);
		expect(keys.length).toBeGreaterThan(20);
		for (const { value } of keys) {
			if (value.length > 40) expect(findOnDisk(value.slice(0, 200))).toEqual([]);
			for (const [secret] of value.matchAll(/[A-Za-z0-9+/]{43}=/g)) {
				expect([...disk].filter(([, content]) => content.includes(secret))).toEqual([]);
			}
		}
		await database.close();
	});

	test('another master key ends the start before anything is served or changed; with the previous one at hand it goes on', async () => {
		const { dataDir } = runner;
		const before = readDigests();
		const other = { AWW_ENCRYPTION_KEY: 'another-master-key-0123456789-abcdefg' };
		const wrong = new RunnerProcess({ simulator, dataDir, env: other });
		expect(await wrong.startInVain()).toBe(78);
		expect(wrong.log).toMatch(/encrypted with another key.*AWW_PREVIOUS_ENCRYPTION_KEY/);
		expect(wrong.log).not.toMatch(/master-key/);
		expect(readDigests()).toEqual(before);

		simulator.holdUpgrades(false);
		const env = { ...other, AWW_PREVIOUS_ENCRYPTION_KEY: MASTER_KEY };
		const changed = new RunnerProcess({ simulator, dataDir, env });
		changed.actAs(runner);
		await changed.start();
		const state = async () =>
			(await changed.call<{ state: string }>('GET', '/api/instance')).body.state;
		while ((await state()) !== 'connected') await new Promise((r) => setTimeout(r, 20));
		await changed.stop();
		expect(simulator.counters.registrations).toBe(1);
	});
});
