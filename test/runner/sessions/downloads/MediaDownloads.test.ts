import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Clock } from '../../../../runner/Clock';
import { MediaStore } from '../../../../runner/media/MediaStore';
import { MessageRepository } from '../../../../runner/messages/MessageRepository';
import { MediaDownloads } from '../../../../runner/sessions/downloads/MediaDownloads';
import { Database } from '../../../../runner/storage/Database';
import {
	MediaDamagedError,
	MediaGoneError,
	MediaHostError,
} from '../../../../runner/whatsapp/media/mediaErrors';
import type { FetchOptions, FileMessage } from '../../../../runner/whatsapp/MediaFetcher';
import { seal } from '../../media/support/sealed';

const TTL_MS = 30 * 86_400_000;
const toHash = (text: string) => createHash('sha256').update(text).digest('hex');

/** WhatsApp's hosts, as the test wants them: each fetch waits until it is told how it ends. */
class FakeHosts {
	readonly begun: string[] = [];
	readonly waiting: Array<PromiseWithResolvers<void>> = [];
	/** Ends every fetch at once while it is set. */
	outcome: Error | 'file' | undefined = 'file';

	async fetch({ content }: FileMessage, { path, signal }: FetchOptions) {
		const text = Buffer.from(content).toString();
		signal.throwIfAborted();
		this.begun.push(text);
		if (this.outcome instanceof Error) throw this.outcome;
		if (this.outcome === undefined) {
			const turn = Promise.withResolvers<void>();
			this.waiting.push(turn);
			signal.addEventListener('abort', () => turn.reject(signal.reason as Error));
			await turn.promise;
		}
		return await seal(path, Buffer.from(text));
	}
}

describe('fetching the files of messages', () => {
	let folder: string;
	let database: Database;
	let media: MediaStore;
	let hosts: FakeHosts;
	let downloads: MediaDownloads;
	let nowMs: number;
	let timers: Array<{ at: number; callback: () => void }>;
	let isAutomatic: boolean;

	const clock: Clock = {
		now: () => nowMs,
		setTimer(callback, delayMs) {
			const timer = { at: nowMs + delayMs, callback };
			timers.push(timer);
			return { cancel: () => void (timers = timers.filter((one) => one !== timer)) };
		},
	};
	const advance = (ms: number) => {
		nowMs += ms;
		const due = timers.filter(({ at }) => at <= nowMs);
		timers = timers.filter(({ at }) => at > nowMs);
		for (const { callback } of due) callback();
	};
	const create = () =>
		new MediaDownloads({
			instanceId: 'a',
			database,
			media,
			clock,
			logger: pino({ level: 'silent' }),
			isAutomatic: () => isAutomatic,
		});
	/** A message whose file has this content; gives the file's hash. */
	const receive = async (content: string, sentAtMs = nowMs) => {
		const sha256 = toHash(content);
		const details = {
			media: {
				mimetype: 'text/plain',
				fileName: 'a.txt',
				size: content.length,
				sha256,
				caption: null,
				seconds: null,
				width: null,
				height: null,
			},
		};
		const row = {
			key: { messageId: `M${content}${sentAtMs}`, chat: 'c', participant: '', isFromMe: false },
			chatId: 'c',
			type: 'document',
			text: '',
			details,
			content: Buffer.from(content),
			isProtocolPending: false,
			number: 'c',
			sender: { phone: null, lid: null, name: null },
			sentAtMs,
			status: 'RECEIVED',
			target: null,
			mediaState: 'pending',
		} as const;
		await database.write([new MessageRepository(database, TTL_MS).insert('a', row, nowMs)]);
		return sha256;
	};
	const stateOf = (sha256: string) =>
		database.get<{ media_state: string }>(
			'SELECT media_state FROM messages WHERE media_sha256 = ?',
			sha256,
		)?.media_state;
	const until = async (look: () => unknown) => {
		const deadline = Date.now() + 5_000;
		while (!look()) {
			if (Date.now() > deadline) throw new Error('Waited in vain.');
			await new Promise((resolve) => setImmediate(resolve));
		}
	};

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-downloads-'));
		database = Database.open(join(folder, 'runner.db'));
		nowMs = 1_700_000_000_000;
		timers = [];
		isAutomatic = true;
		hosts = new FakeHosts();
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES ('a', 'a', 'h', seal('whsec_', 'instances.webhook_secret', 'a'), 0, 'unlinked', 0)`,
				params: [],
			},
		]);
		media = new MediaStore({
			dataDir: folder,
			database,
			clock,
			maxFileBytes: 1000,
			quotaBytes: 10_000,
		});
		await media.open();
		downloads = create();
	});
	afterEach(async () => {
		await downloads.detach();
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('a file that was announced is fetched, kept as long as its message, and noted', async () => {
		downloads.attach(hosts);
		const sha256 = await receive('one');
		downloads.begin(sha256);
		await until(() => stateOf(sha256) === 'stored');
		expect(media.find(sha256)).toMatchObject({ sizeBytes: 3, mimetype: 'text/plain' });
		expect(database.all('SELECT sha256, expires_at FROM media_references')).toEqual([
			{ sha256, expires_at: nowMs + TTL_MS },
		]);
	});

	test('many who want one file get it from one transfer', async () => {
		hosts.outcome = undefined;
		downloads.attach(hosts);
		const sha256 = await receive('shared');
		await receive('shared', nowMs + 1);
		downloads.begin(sha256);
		const both = [downloads.fetch(sha256, 1000), downloads.fetch(sha256, 1000)];
		await until(() => hosts.waiting.length === 1);
		hosts.waiting[0]?.resolve();
		expect((await Promise.all(both)).map((file) => file.sha256)).toEqual([sha256, sha256]);
		expect(hosts.begun).toEqual(['shared']);
		expect(database.all(`SELECT DISTINCT media_state FROM messages`)).toEqual([
			{ media_state: 'stored' },
		]);
	});

	test('two at a time, the newest first after a restart, and what somebody waits for before all', async () => {
		hosts.outcome = undefined;
		const hashes: string[] = [];
		for (let n = 0; n < 5; n++) hashes.push(await receive(`f${n}`, nowMs + n));
		downloads.attach(hosts);
		await until(() => hosts.waiting.length === 2);
		expect(hosts.begun).toEqual(['f4', 'f3']);
		const wanted = downloads.fetch(hashes[0]!, 1000);
		hosts.waiting[0]?.resolve();
		await until(() => hosts.waiting.length === 3);
		expect(hosts.begun).toEqual(['f4', 'f3', 'f0']);
		hosts.waiting[2]?.resolve();
		await wanted;
	});

	test('a lost connection ends transfers, and the next one takes them up', async () => {
		hosts.outcome = undefined;
		downloads.attach(hosts);
		const sha256 = await receive('cut');
		const waiting = downloads.fetch(sha256, 1000);
		await until(() => hosts.waiting.length === 1);
		await downloads.detach();
		expect(stateOf(sha256)).toBe('pending');
		expect(readdirSync(join(folder, 'media', 'incoming'))).toEqual([]);
		hosts.outcome = 'file';
		downloads.attach(hosts);
		expect((await waiting).sha256).toBe(sha256);
	});

	test('what a restart interrupts is fetched by the next runner', async () => {
		const sha256 = await receive('again');
		downloads = create();
		downloads.attach(hosts);
		await until(() => stateOf(sha256) === 'stored');
	});

	test('hosts that fail are asked again, later each time, and given up in the end', async () => {
		hosts.outcome = new MediaHostError('down');
		downloads.attach(hosts);
		const sha256 = await receive('hard');
		downloads.begin(sha256);
		const waits: number[] = [];
		for (let n = 1; n <= 6; n++) {
			await until(() => hosts.begun.length === n && timers.length === 1);
			const wait = timers[0]!.at - nowMs;
			waits.push(wait);
			advance(wait);
		}
		await until(() => stateOf(sha256) === 'failed');
		expect(waits).toEqual([10_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000]);
		hosts.outcome = 'file';
		expect((await downloads.fetch(sha256, 1000)).sha256).toBe(sha256);
		expect(stateOf(sha256)).toBe('stored');
	});

	test('whoever waits is told why it failed; what cannot get better is given up at once', async () => {
		downloads.attach(hosts);
		const sha256 = await receive('bad');
		for (const [outcome, code] of [
			[new MediaGoneError('gone'), 'media_gone'],
			[new MediaHostError('down'), 'engine_down'],
			[new MediaDamagedError('torn'), 'media_gone'],
		] as const) {
			hosts.outcome = outcome;
			await expect(downloads.fetch(sha256, 1000)).rejects.toMatchObject({ code });
		}
		expect(stateOf(sha256)).toBe('failed');
		expect(timers).toEqual([]);
		await expect(downloads.fetch(toHash('nobody'), 1000)).rejects.toMatchObject({
			code: 'media_not_found',
		});
	});

	test('whoever waits too long is asked to come again, and finds the file then', async () => {
		hosts.outcome = undefined;
		downloads.attach(hosts);
		const sha256 = await receive('slow');
		const waiting = downloads.fetch(sha256, 60_000);
		await until(() => hosts.waiting.length === 1);
		advance(60_000);
		await expect(waiting).rejects.toMatchObject({ code: 'engine_down' });
		hosts.waiting[0]?.resolve();
		await until(() => stateOf(sha256) === 'stored');
		expect((await downloads.fetch(sha256, 0)).sha256).toBe(sha256);
	});

	test('a file too large is not kept, and nothing of it stays behind', async () => {
		downloads.attach(hosts);
		const sha256 = await receive('x'.repeat(1001));
		await expect(downloads.fetch(sha256, 1000)).rejects.toMatchObject({ code: 'media_too_large' });
		expect(stateOf(sha256)).toBe('failed');
		expect(media.find(sha256)).toBeUndefined();
	});

	test("another instance's file of the same hash is not taken for one's own", async () => {
		const sha256 = toHash('theirs');
		await media.addWritten((path) => seal(path, Buffer.from('theirs')), {});
		expect(downloads.find(sha256)).toBeUndefined();
		downloads.attach(hosts);
		await receive('theirs');
		await downloads.fetch(sha256, 1000);
		expect(hosts.begun).toEqual(['theirs']);
	});
});
