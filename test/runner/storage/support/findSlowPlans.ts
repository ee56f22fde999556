import { createSecretKey, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { addSealing } from '../../../../runner/storage/encryption/addSealing';
import { Sealer } from '../../../../runner/storage/encryption/Sealer';
import { MIGRATIONS } from '../../../../runner/storage/migrations';

/** Tables that grow with what is sent, received and delivered, or with whom one meets. */
const GROWING =
	/^(?:messages|message_statuses|awaited_messages|deliveries|events|signal_keys|contacts|chats|groups|number_checks|idempotency_keys|media_files|media_references|send_queue)$/;

/** What may go through a table, or sort what it finds. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
	'a few rows, of one id': /ORDER BY \+from_me DESC, \+seq LIMIT 1$/,
	'a few rows, of one message': /FROM message_statuses WHERE instance_id = \? AND/,
	'at most three rows are sorted': /FROM messages WHERE seq IN \(SELECT seq/,
	'at most a page of rows is sorted': /^WITH page AS MATERIALIZED/,
	'names are sealed: to be sorted they have to be opened': /^WITH opened AS MATERIALIZED/,
	'one row for each chat that waits': /^WITH RECURSIVE waiting/,
	'the index has nothing but what is unfinished':
		/(?:media_state = 'pending'|protocol_pending = 1)/,
	'once a connection, of what is still to be sent':
		/FROM send_queue WHERE instance_id = \? ORDER BY seq/,
	'once a connection':
		/INDEXED BY chats_with_timer|^SELECT lid FROM contacts|^SELECT id, \S+ .* FROM groups WHERE instance_id = \?$/,
	'once a start or an hour, of files': /FROM media_files(?: WHERE \(?created_at <= \?.*)?$/,
	'once a start, through what waits':
		/^(?:SELECT 1 FROM|UPDATE) deliveries .* AND \(created_at > \?1 OR/,
	'in the thread that writes, of at most 5000 events': /^INSERT INTO receiver_sequences/,
	'once, when the account is unlinked': /^DELETE FROM \w+ WHERE instance_id = \?$/,
	'of few rows': /FROM instances ORDER BY|FROM subscriptions|FROM receiver_sequences/,
	'a condition that the collector leaves out': /SELECT seq FROM deliveries WHERE event = /,
	'once a redelivery': /GROUP BY receiver$/,
};

/** The steps of plans that go through a whole table, or through all rows of an instance, or sort a list. */
export function findSlowPlans(statements: readonly string[]): string[] {
	const watched = statements.filter(
		(sql) => !Object.values(ALLOWED).some((allowed) => allowed.test(toLine(sql))),
	);
	const database = openEmpty();
	const found = watched.flatMap((sql) =>
		explain(database, sql)
			.filter(isSlow)
			.map((step) => `${step}: ${toLine(sql)}`),
	);
	database.close();
	return found;
}

/** Without statistics, as the runner has none: they would make plans depend on what happens to be stored. */
function openEmpty(): DatabaseSync {
	const database = new DatabaseSync(':memory:');
	const keys = new Map([[1, createSecretKey(randomBytes(32))]]);
	addSealing(database, new Sealer({ activeId: 1, keys }));
	for (const sql of MIGRATIONS) database.exec(sql);
	return database;
}

/** Nothing for what needs a part that only its caller has. */
function explain(database: DatabaseSync, sql: string): string[] {
	try {
		const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
		return rows.map(({ detail }) => String(detail));
	} catch {
		return [];
	}
}

function isSlow(step: string): boolean {
	if (step.startsWith('USE TEMP B-TREE')) return true;
	const [, how, table = ''] = /^(SCAN|SEARCH) (\w+)/.exec(step) ?? [];
	if (!GROWING.test(table)) return false;
	return how === 'SCAN' || / \(instance_id=\?\)$/.test(step);
}

function toLine(sql: string): string {
	return sql.replace(/\s+/g, ' ').trim();
}
