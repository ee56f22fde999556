import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MessageRepository } from '../runner/messages/MessageRepository';
import { ChatRepository } from '../runner/people/ChatRepository';
import { PeopleLists } from '../runner/people/PeopleLists';
import { addSealing } from '../runner/storage/encryption/addSealing';
import { MasterKeys } from '../runner/storage/encryption/MasterKeys';
import { Sealer } from '../runner/storage/encryption/Sealer';
import { seal } from '../runner/storage/encryption/sealedColumns';
import { Database } from '../runner/storage/Database';
import { migrate } from '../runner/storage/migrate';
import { listDeliveries, listReceivers } from '../runner/webhooks/rows/deliveryRows';
import { lastReceiverSeq } from '../runner/webhooks/rows/sequenceRows';

/*
 * How long a page of each list takes, at its worst, with 300,000 messages and as many deliveries of one
 * instance: with filters that find nothing, and that find everything. It all happens on the main thread;
 * what is measured is CPU time.
 * Start it with: node -r @swc-node/register bench/lists.ts
 */
const ROWS = 300_000;
const CONTACTS = 3_000;
const ROUNDS = 3;
const CHAT = '15550000001@s.whatsapp.net';
const NOBODY = '15550009999@s.whatsapp.net';
const NOW = 1_800_000_000_000;
const LATER = NOW * 2;

const NUMBERS = (count: number) =>
	`WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count})`;

/** Almost everything is received text in one chat, read; each tenth row is of another of the chats. */
const FILL = [
	`INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
		VALUES ('a', 'a', 'h', ${seal('instances.webhook_secret', `'x'`, `'a'`)}, 0, 'unlinked', 0)`,
	`${NUMBERS(ROWS)} INSERT INTO messages (instance_id, chat, message_id, participant, from_me, chat_id,
		type, text, details, number, sent_at, status, expires_at)
		SELECT 'a', '${CHAT}', 'M' || n, '', 0,
		CASE WHEN n % 10 = 0 THEN (15550000001 + n % ${CONTACTS}) || '@s.whatsapp.net' ELSE '${CHAT}' END,
		'text', ${seal('messages.text', `'Hello there, how are you'`, `'a'`, `'${CHAT}'`, `'M' || n`, `''`, '0')},
		${seal('messages.details', `'{}'`, `'a'`, `'${CHAT}'`, `'M' || n`, `''`, '0')},
		'15550000001', ${NOW} - n, 'READ', ${LATER} FROM n`,
	`${NUMBERS(ROWS)} INSERT INTO events (id, instance_id, body, expires_at)
		SELECT 'e' || n, 'a', ${seal('events.body', `'{}'`, `'e' || n`)}, ${LATER} FROM n`,
	`${NUMBERS(ROWS)} INSERT INTO deliveries (event_id, instance_id, receiver, event, chat, url, state,
		receiver_seq, created_at, state_since)
		SELECT 'e' || n, 'a', 'subscription:s', 'received', '${CHAT}', 'http://localhost/', 'delivered', n,
		${NOW} + n, ${NOW} FROM n`,
	`${NUMBERS(CONTACTS)} INSERT INTO contacts (instance_id, id, phone, push_name, updated_at, expires_at)
		SELECT 'a', (15550000000 + n) || '@s.whatsapp.net', 15550000000 + n,
		${seal('contacts.push_name', `'Contact ' || n`, `'a'`, `(15550000000 + n) || '@s.whatsapp.net'`)},
		0, ${LATER} FROM n`,
	`INSERT INTO chats (instance_id, id, last_message_at, expires_at)
		SELECT instance_id, id, ${NOW} - rowid_, ${LATER} FROM
		(SELECT *, row_number() OVER () AS rowid_ FROM contacts)`,
];

function fill(file: string): void {
	const keys = migrate(file, new MasterKeys({ dataDir: join(file, '..') }));
	const database = new DatabaseSync(file);
	addSealing(database, new Sealer(keys.sealing));
	for (const sql of FILL) database.exec(sql);
	database.close();
}

function measure(name: string, act: () => unknown): void {
	let worstMs = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const before = process.cpuUsage();
		act();
		const { user, system } = process.cpuUsage(before);
		worstMs = Math.max(worstMs, (user + system) / 1000);
	}
	console.log(`${worstMs.toFixed(1).padStart(7)} ms  ${name}`);
}

/** Every choice of some of several options. */
function choices<T extends object>(options: ReadonlyArray<ReadonlyArray<Partial<T>>>): T[] {
	return options.reduce<T[]>(
		(all, values) => all.flatMap((one) => values.map((value) => ({ ...one, ...value }))),
		[{} as T],
	);
}

function measureMessages(database: Database): void {
	const messages = new MessageRepository(database, 0);
	const queries = choices<Omit<Parameters<typeof messages.list>[1], 'limit'>>([
		[{}, { chatId: CHAT }, { chatId: NOBODY }],
		[{}, { type: 'text' }, { type: 'poll' }],
		[{}, { isFromMe: true }, { isFromMe: false }],
		[{}, { since: NOW + 1 }, { until: 1 }, { before: { sentAtMs: NOW - ROWS / 2, seq: 1 } }],
	]);
	for (const query of queries) {
		measure(`messages ${JSON.stringify(query)}`, () =>
			messages.list('a', { ...query, limit: 101 }, NOW),
		);
	}
	measure('media of an unknown hash', () => messages.findMedia('a', 'ff', NOW));
	const chats = new ChatRepository(database, 0);
	measure('unread messages of a chat', () => chats.unreadKeys('a', CHAT));
}

function measureDeliveries(database: Database): void {
	const conditions = choices<Omit<Parameters<typeof listDeliveries>[1], 'instanceId'>>([
		[{}, { state: 'pending' }, { state: 'delivered' }],
		[{}, { event: 'received' }, { event: 'sent' }],
		[{}, { since: LATER }, { until: 1 }, { beforeSeq: ROWS / 2 }],
	]);
	for (const condition of conditions) {
		measure(`deliveries ${JSON.stringify(condition)}`, () =>
			listDeliveries(database, { instanceId: 'a', ...condition }, 101),
		);
	}
	const failed = { instanceId: 'a', state: 'failed' as const };
	measure('deliveries to make anew', () => listReceivers(database, failed));
	const key = { instanceId: 'a', receiver: 'subscription:new', event: 'received' as const };
	measure('last number of a new receiver', () => lastReceiverSeq(database, key));
}

function measurePeople(database: Database): void {
	const people = new PeopleLists(database);
	for (const search of [undefined, 'nobody at all']) {
		const query = { limit: 100, ...(search ? { search } : {}) };
		measure(`chats ${JSON.stringify(query)}`, () => people.chats('a', query));
		measure(`contacts ${JSON.stringify(query)}`, () => people.contacts('a', query));
	}
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'aww-lists-'));
	const file = join(folder, 'runner.db');
	fill(file);
	const database = Database.open(file);
	measureMessages(database);
	measureDeliveries(database);
	measurePeople(database);
	await database.close();
	rmSync(folder, { recursive: true });
}

void main();
