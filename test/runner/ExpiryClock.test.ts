import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ExpiryClock } from '../../runner/ExpiryClock';
import { Database } from '../../runner/storage/Database';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 1);

describe('the time by which things expire', () => {
	let folder: string;
	let database: Database;
	/** What the machine's clock says, and what has passed in truth. */
	let wallMs: number;
	let passedMs: number;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-expiry-'));
		database = Database.open(join(folder, 'runner.db'));
		wallMs = START;
		passedMs = 0;
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true });
	});

	const create = () =>
		new ExpiryClock({ database, clock: { now: () => wallMs }, passedMs: () => passedMs });
	const pass = (ms: number) => {
		wallMs += ms;
		passedMs += ms;
	};

	test('is that of the machine while nobody sets its clock', () => {
		const expiry = create();
		for (const ms of [1, 1000, HOUR_MS, 40 * DAY_MS]) {
			pass(ms);
			expect(expiry.now()).toBe(wallMs);
		}
	});

	test('when the clock leaps ahead by a month, a minute costs less than half an hour', () => {
		const expiry = create();
		wallMs += 31 * DAY_MS;
		expect(expiry.now()).toBe(START);
		pass(MINUTE_MS);
		expect(expiry.now()).toBe(START + 24 * MINUTE_MS);
		wallMs -= 31 * DAY_MS;
		expect(expiry.now()).toBe(START + MINUTE_MS);
	});

	test('a month that was truly missed is caught up with in little more than a day', () => {
		const expiry = create();
		wallMs += 31 * DAY_MS;
		pass(DAY_MS);
		expect(expiry.now()).toBeLessThan(wallMs);
		pass(9 * HOUR_MS);
		expect(expiry.now()).toBe(wallMs);
	});

	test('when the clock is set back, nothing expires before that clock says so', () => {
		const expiry = create();
		wallMs -= 5 * DAY_MS;
		expect(expiry.now()).toBe(wallMs);
		pass(HOUR_MS);
		expect(expiry.now()).toBe(wallMs);
	});

	test('a restart does not make it believe a clock that has leaped', async () => {
		await database.write([create().keep()]);
		wallMs += 31 * DAY_MS;
		passedMs = 7;
		const restarted = create();
		expect(restarted.now()).toBe(START);
		pass(MINUTE_MS);
		expect(restarted.now()).toBe(START + 24 * MINUTE_MS);
		await database.write([restarted.keep()]);
		expect(create().now()).toBe(START + 24 * MINUTE_MS);
	});

	test('whatever is done to the clock: it is never ahead of it, and never 24 times as fast as time', () => {
		const step = fc.record({
			setMs: fc.oneof(fc.constant(0), fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS })),
			passedMs: fc.integer({ min: 0, max: DAY_MS }),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
				const startedAt = wallMs;
				const startedAfter = passedMs;
				const expiry = create();
				for (const { setMs, passedMs: ms } of steps) {
					wallMs += setMs;
					pass(ms);
					const now = expiry.now();
					expect(now).toBeLessThanOrEqual(wallMs);
					expect(now - startedAt).toBeLessThanOrEqual(24 * (passedMs - startedAfter));
				}
			}),
		);
	});
});
