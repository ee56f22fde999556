import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../runner/storage/Database';
import { WebhookReceiver } from './support/WebhookReceiver';

const ROUNDS = 3;

describe('kill -9', () => {
	let folder: string;
	let receiver: WebhookReceiver;
	let child: ChildProcess | undefined;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-crash-'));
		receiver = await WebhookReceiver.start();
	});
	afterEach(async () => {
		child?.kill('SIGKILL');
		await receiver.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	const start = (round: number, count: number) =>
		spawn(
			process.execPath,
			[
				'-r',
				'@swc-node/register',
				join(__dirname, 'support/crashingRunner.ts'),
				join(folder, 'runner.db'),
				receiver.url,
				String(round),
				String(count),
			],
			{ stdio: 'ignore' },
		);

	test('loses no stored event, keeps the order of each chat, and repeats only under the same id and bytes', async () => {
		for (let round = 0; round < ROUNDS; round++) {
			child = start(round, 1_000_000);
			// In the midst of the stream, with attempts under way and marks not written yet.
			await receiver.waitForCalls(receiver.calls.length + 120 + 17 * round);
			child.kill('SIGKILL');
			await once(child, 'exit');
		}
		child = start(ROUNDS, 10);
		const [code] = (await once(child, 'exit')) as [number | null];
		expect(code).toBe(0);

		const database = Database.open(join(folder, 'runner.db'));
		const stored = database.all<{ event_id: string; chat: string; state: string }>(
			'SELECT event_id, chat, state FROM deliveries ORDER BY seq',
		);
		await database.close();
		expect(stored.length).toBeGreaterThan(ROUNDS * 120);
		expect(stored.every(({ state }) => state === 'delivered')).toBe(true);

		const bodies = new Map<string, string>();
		for (const { event, body } of receiver.calls) {
			expect(bodies.get(event.eventId) ?? body).toBe(body);
			bodies.set(event.eventId, body);
		}
		for (const chat of new Set(stored.map((row) => row.chat))) {
			const arrived = receiver.calls.filter(({ event }) => event.chat?.id === chat);
			const firstArrivals = [...new Set(arrived.map(({ event }) => event.eventId))];
			expect(firstArrivals).toEqual(
				stored.filter((row) => row.chat === chat).map((row) => row.event_id),
			);
		}
	}, 120_000);
});
