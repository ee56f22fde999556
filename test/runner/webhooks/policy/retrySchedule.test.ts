import fc from 'fast-check';
import { DEFAULT_SCHEDULE_S, toWaitMs } from '../../../../runner/webhooks/policy/retrySchedule';

const HOUR_S = 3600;

describe('toWaitMs', () => {
	test('the schedule is 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h', () => {
		const waits = DEFAULT_SCHEDULE_S.map((_, attemptsMade) =>
			toWaitMs({
				scheduleS: DEFAULT_SCHEDULE_S,
				attemptsMade,
				retryAfterMs: undefined,
				random: 0.5,
			}),
		);
		const hours = [2, 5, 10, 14, 20, 24].map((h) => h * HOUR_S);
		expect(waits).toEqual([0, 5, 300, 1800, ...hours].map((s) => s * 1000));
	});

	test('after the last attempt there is no next one', () => {
		expect(
			toWaitMs({ scheduleS: [0, 5], attemptsMade: 2, retryAfterMs: 9000, random: 0.5 }),
		).toBeUndefined();
	});

	test('jitter moves a wait by a tenth at most, either way', () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
				const waitMs = toWaitMs({
					scheduleS: [0, 100],
					attemptsMade: 1,
					retryAfterMs: undefined,
					random,
				});
				expect(waitMs).toBeGreaterThanOrEqual(90_000);
				expect(waitMs).toBeLessThanOrEqual(110_000);
			}),
		);
		const at = (random: number) =>
			toWaitMs({ scheduleS: [0, 100], attemptsMade: 1, retryAfterMs: undefined, random });
		expect([at(0), at(1)]).toEqual([90_000, 110_000]);
	});

	test('Retry-After counts when it is longer than the schedule, else the schedule does', () => {
		const wait = (retryAfterMs: number) =>
			toWaitMs({ scheduleS: [0, 100], attemptsMade: 1, retryAfterMs, random: 0.5 });
		expect(wait(200_000)).toBe(200_000);
		expect(wait(1_000)).toBe(100_000);
	});
});
