import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Database } from '../../../../runner/storage/Database';
import { MarkBuffer } from '../../../../runner/webhooks/dispatch/MarkBuffer';
import { WebhooksFixture } from '../support/WebhooksFixture';

describe('a database that cannot be read for a while', () => {
	let fixture: WebhooksFixture;
	let errors: number;
	beforeEach(async () => {
		errors = 0;
		const logger = pino({ level: 'error' }, { write: () => void errors++ });
		fixture = await WebhooksFixture.create({ logger });
	});
	afterEach(() => fixture.stop());

	const rename = (from: string, to: string) =>
		fixture.database.write([{ sql: `ALTER TABLE ${from} RENAME TO ${to}`, params: [] }]);

	test.each([
		['when a retry is due', 'events', false],
		['at the start', 'events', true],
		['at the start, with its receivers', 'subscriptions', true],
	])('%s: it is logged, and what waits goes out in order later', async (_when, table, isStart) => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		const ids = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		receiver.answer = (_call, response) => void response.end();
		receiver.calls.length = 0;

		if (isStart) await fixture.webhooks.stop();
		await rename(table, 'gone');
		fixture.clock.advance(5_000);
		if (isStart) {
			fixture.webhooks = fixture.createWebhooks();
			await fixture.webhooks.start();
		}
		expect(errors).toBeGreaterThan(0);
		await rename('gone', table);

		fixture.clock.advance(5_000);
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual(ids);
	});
});

describe('marks', () => {
	test('one that cannot be written does not take those beside it along', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'aww-marks-'));
		const database = Database.open(join(folder, 'runner.db'));
		try {
			const errors: Error[] = [];
			const marks = new MarkBuffer(database, (error) => errors.push(error));
			const insert = (id: string, name: string | null) => ({
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?1, ?2, ?1, seal('whsec_', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
				params: [id, name],
			});
			for (const [id, name] of [
				['a', 'a'],
				['b', null],
				['c', 'c'],
			] as const) {
				marks.add(insert(id, name));
			}
			await marks.flush();
			await marks.flush();
			expect(database.all('SELECT id FROM instances')).toEqual([{ id: 'a' }, { id: 'c' }]);
			expect(errors).toHaveLength(1);
		} finally {
			await database.close();
			rmSync(folder, { recursive: true });
		}
	});
});
