import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expireOldMessages } from '../../../runner/messages/expireOldMessages';
import { MessageLookup } from '../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import type { MessageRow } from '../../../runner/messages/messageRows';
import { Database } from '../../../runner/storage/Database';
import { damage } from '../storage/encryption/support/damage';

const TTL_MS = 30 * 86_400_000;
const ANN = '15550002222@s.whatsapp.net';
const TEAM = '120363000000000001@g.us';
const SHA256 = 'ab'.repeat(32);

describe('looking messages up', () => {
	let folder: string;
	let database: Database;
	let now: number;
	let messages: MessageRepository;
	let lookup: MessageLookup;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-lookup-'));
		database = Database.open(join(folder, 'runner.db'));
		now = 1_700_000_000_000;
		messages = new MessageRepository(database, TTL_MS);
		lookup = new MessageLookup({
			messages,
			clock: { now: () => now },
			toMediaUrl: (instanceId, sha256) => `https://runner.test/media/${instanceId}/${sha256}`,
			nameOf: (_instanceId, chat) => (chat === TEAM ? 'Team' : null),
			keyOf: (instanceId, chat) => `key of ${chat} in ${instanceId}`,
		});
		await database.write(
			['a', 'b'].map((id) => ({
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?1, ?1, ?1, seal('whsec_', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
				params: [id],
			})),
		);
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const add = async (messageId: string, row: Partial<MessageRow> = {}, instanceId = 'a') => {
		const chatId = row.chatId ?? ANN;
		const key = { messageId, chat: chatId, participant: '', isFromMe: false, ...row.key };
		const whole: MessageRow = {
			chatId,
			type: 'text',
			text: messageId,
			details: {},
			content: null,
			isProtocolPending: false,
			number: chatId,
			sender: { phone: '15550002222', lid: null, name: 'Ann' },
			sentAtMs: now,
			status: 'RECEIVED',
			target: null,
			mediaState: null,
			...row,
			key,
		};
		await database.write([messages.insert(instanceId, whole, now)]);
	};
	const ids = (query: Partial<Parameters<MessageLookup['list']>[1]> = {}) =>
		lookup.list('a', { limit: 50, ...query }).messages.map(({ messageId }) => messageId);

	test('a page of long messages ends early, and the next goes on where it ended', async () => {
		// In JSON each of these characters takes six.
		const text = '\u0001'.repeat(200_000);
		for (let nr = 1; nr <= 8; nr++) await add(`M${nr}`, { text, sentAtMs: now + nr });
		await add('huge', { text: text.repeat(5), sentAtMs: now });
		const found: string[][] = [];
		for (let before: string | null | undefined; before !== null;) {
			const page = lookup.list('a', { limit: 50, ...(before ? { before } : {}) });
			found.push(page.messages.map(({ messageId }) => messageId));
			before = page.next;
		}
		expect(found).toEqual([['M8', 'M7', 'M6'], ['M5', 'M4', 'M3'], ['M2', 'M1'], ['huge']]);
	});

	test('a damaged message is listed with what is left of it, and the others as they are', async () => {
		for (const messageId of ['M1', 'M2', 'M3']) await add(messageId);
		for (const column of ['text', 'details', 'sender_name']) {
			await damage(database, 'messages', column, `message_id = 'M2'`);
		}
		expect(lookup.list('a', { limit: 50 }).messages).toMatchObject([
			{ messageId: 'M3', message: 'M3' },
			{ messageId: 'M2', message: '', status: 'RECEIVED', sender: { name: null }, media: null },
			{ messageId: 'M1', message: 'M1' },
		]);
		expect(lookup.find('a', { messageId: 'M2' })).toMatchObject({
			message: '',
			sender: { phone: '15550002222' },
		});
		expect(database.damaged.count).toBe(3);
	});

	test('a message shows everything that is known of it', async () => {
		const media = {
			mimetype: 'image/png',
			fileName: null,
			size: 3,
			sha256: SHA256,
			caption: 'look',
			seconds: null,
			width: 1,
			height: 1,
		};
		const details = { media, viewOnce: true, late: true, mentions: ['1'] } as const;
		await add('M1', {
			chatId: TEAM,
			type: 'image',
			text: 'look',
			details: { ...details, mentions: ['1'] },
		});
		const key = { messageId: 'M1', chat: TEAM, participant: '', isFromMe: false };
		await database.write([
			messages.addStatus('a', key, { status: 'DELETED', participant: '', at: now }),
		]);
		expect(lookup.find('a', { messageId: 'M1' })).toEqual({
			messageId: 'M1',
			number: TEAM,
			message: 'look',
			type: 'image',
			timestamp: new Date(now).toISOString(),
			status: 'RECEIVED',
			statusHistory: [{ status: 'DELETED', at: new Date(now).toISOString() }],
			chat: { id: TEAM, type: 'group', name: 'Team', key: `key of ${TEAM} in a` },
			sender: { phone: '15550002222', lid: null, name: 'Ann', username: null },
			fromMe: false,
			isGroup: true,
			edited: false,
			quoted: null,
			mentions: ['1'],
			mentionsMe: false,
			media: { ...media, url: `https://runner.test/media/a/${SHA256}` },
			viewOnce: true,
			forwarded: false,
			late: true,
		});
	});

	test('lists are newest first, by chat, type, direction and time, and only of their instance', async () => {
		await add('old', { sentAtMs: now - 1000 });
		await add('new');
		await add('mine', { key: { messageId: 'mine', chat: ANN, participant: '', isFromMe: true } });
		await add('pic', { chatId: TEAM, type: 'image', sentAtMs: now - 500 });
		await add('hidden', { type: 'protocol' });
		await add('changed', { type: 'edit' });
		await add('others', {}, 'b');
		expect(ids()).toEqual(['mine', 'new', 'pic', 'old']);
		expect(ids({ chatId: TEAM })).toEqual(['pic']);
		expect(ids({ type: 'image' })).toEqual(['pic']);
		expect(ids({ isFromMe: true })).toEqual(['mine']);
		expect(ids({ since: now - 500, until: now - 500 })).toEqual(['pic']);
	});

	test('pages follow one another without gap or repeat, whatever comes in between', async () => {
		for (let n = 0; n < 7; n++) await add(`M${n}`, { sentAtMs: now - (n % 2) });
		const seen: string[] = [];
		let before: string | undefined;
		do {
			const page = lookup.list('a', { limit: 3, ...(before ? { before } : {}) });
			seen.push(...page.messages.map(({ messageId }) => messageId));
			await add(`later ${seen.length}`, { sentAtMs: now + 1 });
			before = page.next ?? undefined;
		} while (before);
		expect(seen).toEqual(['M6', 'M4', 'M2', 'M0', 'M5', 'M3', 'M1']);
		expect(() => lookup.list('a', { limit: 3, before: 'made up' })).toThrow(
			expect.objectContaining({ code: 'invalid_query' }) as Error,
		);
	});

	test('after thirty days a message is gone, before the sweep as well as after', async () => {
		await add('M1', {
			details: {
				media: {
					mimetype: 'image/png',
					fileName: null,
					size: 3,
					sha256: SHA256,
					caption: null,
					seconds: null,
					width: null,
					height: null,
				},
			},
		});
		now += TTL_MS - 1;
		expect(lookup.find('a', { messageId: 'M1' })).toBeDefined();
		expect(lookup.findFile('a', SHA256)).toBeDefined();
		expect(lookup.findFile('b', SHA256)).toBeUndefined();
		now += 1;
		expect(lookup.find('a', { messageId: 'M1' })).toBeUndefined();
		expect(lookup.findStored('a', { messageId: 'M1' })).toBeUndefined();
		expect(lookup.findFile('a', SHA256)).toBeUndefined();
		expect(ids()).toEqual([]);
		await database.write(expireOldMessages(now));
		expect(database.all('SELECT 1 FROM messages')).toEqual([]);
	});
});
