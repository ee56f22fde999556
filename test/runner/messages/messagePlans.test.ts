import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import { Database } from '../../../runner/storage/Database';
import { MIGRATIONS } from '../../../runner/storage/migrations';

const KEY = { messageId: 'X', chat: 'c@g.us', participant: 'p@lid', isFromMe: false };

describe('what a message is', () => {
	let folder: string;
	let database: Database;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-identity-'));
		database = Database.open(join(folder, 'runner.db'));
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('every statement that looks for a message or its statuses walks an index', () => {
		const seen: string[] = [];
		const plan = (sql: string, params: readonly unknown[]) =>
			database
				.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...(params as string[]))
				.map(({ detail }) => detail)
				.join();
		const watched = {
			get: (sql: string, ...params: string[]) => void seen.push(plan(sql, params)),
			all(sql: string, ...params: string[]) {
				seen.push(plan(sql, params));
				return [];
			},
		};
		const messages = new MessageRepository(watched as unknown as Database, 1000);
		messages.candidates('a', 'X');
		messages.find('a', { messageId: 'X', chats: ['c', 'd'] }, 0);
		messages.find('a', { messageId: 'X' }, 0);
		messages.findContent('a', KEY);
		messages.findFailure('a', 'X');
		messages.readRow('a', 1);
		for (const { sql, params } of [
			messages.setStatus('a', KEY, 'READ'),
			...messages.setOutgoing('a', 'X', { chat: 'c', number: 'n', content: Buffer.from('x') }),
			messages.setEdited('a', KEY, { text: '', details: {}, content: null }),
		]) {
			if (!sql.includes('seal(')) seen.push(plan(sql, params));
		}
		expect(seen.length).toBe(8);
		for (const detail of seen) {
			expect(detail).toContain('SEARCH');
			expect(detail).not.toContain('SCAN');
		}
	});

	test('statuses of an older data folder stay those of the message they belong to', () => {
		const old = new DatabaseSync(':memory:');
		const step = MIGRATIONS.findIndex((sql) => sql.includes('statuses_by_id'));
		for (const sql of MIGRATIONS.slice(0, step)) old.exec(sql);
		const sealed = `x'01'`;
		const message = (seq: number, chat: string, fromMe: number, type = 'text') =>
			`INSERT INTO messages (seq, instance_id, chat, message_id, participant, from_me, chat_id, type, text,
				details, number, sent_at, status, expires_at) VALUES (${seq}, 'a', '${chat}', 'X', '', ${fromMe},
				'', '${type}', ${sealed}, ${sealed}, '', 0, 'SENT', 9);`;
		old.exec(`INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
				VALUES ('a', 'a', 'h', ${sealed}, 0, 'unlinked', 0);
			${message(1, 'theirs', 0)}${message(2, 'ours', 1)}${message(3, 'protocol', 1, 'protocol')}
			INSERT INTO message_statuses VALUES ('a', 'X', 'bob', 'READ', 5, NULL, 9), ('a', 'gone', '', 'FAILED', 5, 'why', 9);`);
		for (const sql of MIGRATIONS.slice(step)) old.exec(sql);
		const rows = old
			.prepare(
				'SELECT message_id, chat, from_me, participant, status, reason FROM message_statuses',
			)
			.all();
		expect(rows.map((row) => ({ ...row }))).toEqual([
			{
				message_id: 'X',
				chat: 'ours',
				from_me: 1,
				participant: 'bob',
				status: 'READ',
				reason: null,
			},
			{
				message_id: 'gone',
				chat: '',
				from_me: 1,
				participant: '',
				status: 'FAILED',
				reason: 'why',
			},
		]);
		old.close();
	});
});
