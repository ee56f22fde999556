import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedBody } from '../../../contract';
import type { Clock } from '../../../runner/Clock';
import { AwaitedMessages, type Recovery } from '../../../runner/messages/AwaitedMessages';
import { EventMaker } from '../../../runner/messages/EventMaker';
import type { IncomingMessage } from '../../../runner/messages/IncomingMessage';
import { Staging } from '../../../runner/messages/Staging';
import { ChatKeys } from '../../../runner/people/ChatKeys';
import { Database } from '../../../runner/storage/Database';

const MINUTE_MS = 60_000;

const message: IncomingMessage = {
	key: { messageId: 'M1', chat: 'c', participant: '', isFromMe: false },
	chatId: 'c',
	type: 'unknown',
	text: '',
	sentAtMs: 1,
	sender: { phone: '15550002222', lid: null, name: 'Ann' },
	number: '15550002222',
	isGroup: false,
	details: { kind: 'undecryptable' },
	linkPreview: { title: null, url: null },
	groupInvite: null,
	isForReceivers: true,
	content: null,
	edit: null,
	protocol: null,
};

describe('messages that cannot be decrypted', () => {
	let folder: string;
	let database: Database;
	let nowMs: number;
	let timers: Array<{ at: number; callback: () => void }>;
	let told: ReceivedBody[];
	let recovered: Recovery[];
	let awaited: AwaitedMessages;

	const clock: Clock = {
		now: () => nowMs,
		setTimer(callback, delayMs) {
			const timer = { at: nowMs + delayMs, callback };
			timers.push(timer);
			return { cancel: () => void (timers = timers.filter((one) => one !== timer)) };
		},
	};
	/** Lets so many minutes pass, one by one. */
	const pass = async (minutes: number) => {
		for (let n = 0; n < minutes; n++) {
			nowMs += MINUTE_MS;
			const due = timers.filter(({ at }) => at <= nowMs);
			timers = timers.filter(({ at }) => at > nowMs);
			for (const { callback } of due) callback();
			await database.write([{ sql: 'DELETE FROM messages', params: [] }]);
		}
	};
	const create = () =>
		new AwaitedMessages({
			instanceId: 'a',
			database,
			events: new EventMaker({
				instanceId: 'a',
				instanceName: () => 'a',
				clock,
				toMediaUrl: () => '',
				chatName: () => null,
				chatKeys: new ChatKeys({ instanceId: 'a', database, clock }),
			}),
			outbox: {
				stage: ({ toBody }) => {
					const body = toBody() as ReceivedBody;
					return { statements: [], announce: () => void told.push(body) };
				},
			},
			clock,
			onRecovered: (recovery) => void recovered.push(recovery),
			ttlMs: 30 * 1440 * MINUTE_MS,
		});
	/** A message of the chat has come. */
	const arrive = async (messageId: string, chat = 'c') => {
		const staged = new Staging();
		awaited.arrived({ ...message.key, messageId, chat }, staged);
		await database.write(staged.statements);
		staged.announce();
	};
	const rows = () => database.all('SELECT key FROM awaited_messages');

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-awaited-'));
		database = Database.open(join(folder, 'runner.db'));
		nowMs = 1_700_000_000_000;
		timers = [];
		told = [];
		recovered = [];
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES ('a', 'a', 'h', seal('whsec_', 'instances.webhook_secret', 'a'), 0, 'unlinked', 0)`,
				params: [],
			},
		]);
		awaited = create();
		awaited.start();
		await pass(3);
	});
	afterEach(async () => {
		awaited.stop();
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('are told of once when they do not come again, with what is known of them', async () => {
		await database.write(awaited.add(message));
		await database.write(awaited.add(message));
		await pass(9);
		expect(told).toEqual([]);
		await pass(3);
		expect(told).toHaveLength(1);
		expect(told[0]).toMatchObject({
			messageId: 'M1',
			type: 'unknown',
			kind: 'undecryptable',
			number: '15550002222',
			senderName: 'Ann',
		});
		expect(rows()).toEqual([]);
	});

	test('are not told of when they came', async () => {
		await database.write(awaited.add(message));
		await pass(5);
		await arrive('M1');
		expect(rows()).toEqual([]);
		await pass(10);
		expect(told).toEqual([]);
	});

	test('are known by how late they came, and by how many of their chat came before them', async () => {
		await database.write(awaited.add(message));
		await database.write(awaited.add(message));
		await arrive('M2');
		await arrive('M3');
		await arrive('M4', 'another chat');
		await pass(2);
		await arrive('M1');
		await arrive('M1');
		expect(recovered).toEqual([{ waitedMs: 2 * MINUTE_MS, overtakenBy: 2 }]);
	});

	test('outlive a restart, and wait for what comes first on the next connection', async () => {
		await database.write(awaited.add(message));
		awaited.stop();
		await pass(60);
		expect(told).toEqual([]);
		awaited = create();
		awaited.start();
		await pass(1);
		expect(told).toEqual([]);
		await pass(2);
		expect(told).toHaveLength(1);
	});
});
