import fc from 'fast-check';
import { BURST, Pacer } from '../../../../runner/sessions/sending/Pacer';

/** Pauses between calls, with a pace and how the dice fall. */
const scenario = fc.record({
	limit: fc.integer({ min: 1, max: 600 }),
	pausesMs: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 120 }),
	random: fc.double({ min: 0, max: 1, noNaN: true }),
});

function reserveAll({
	limit,
	pausesMs,
	random,
}: {
	limit: number;
	pausesMs: number[];
	random: number;
}) {
	let now = 1_000_000;
	const pacer = new Pacer({ messagesPerMinute: () => limit, now: () => now, random: () => random });
	return pausesMs.map((pauseMs) => {
		now += pauseMs;
		return { askedAt: now, dueAt: pacer.reserve() ?? NaN };
	});
}

test('messages keep their order and none leaves before it was asked for', () => {
	fc.assert(
		fc.property(scenario, (given) => {
			const reserved = reserveAll(given);
			reserved.forEach(({ askedAt, dueAt }, at) => {
				expect(dueAt).toBeGreaterThanOrEqual(askedAt);
				expect(dueAt).toBeGreaterThanOrEqual(reserved[at - 1]?.dueAt ?? 0);
			});
		}),
	);
});

test('in no span of time do more leave than the burst and what the pace allows for it', () => {
	fc.assert(
		fc.property(scenario, (given) => {
			const due = reserveAll(given).map(({ dueAt }) => dueAt);
			due.forEach((from, first) => {
				due.slice(first).forEach((to, count) => {
					// Times are whole milliseconds: rounding can bring two of them closer by one.
					const allowed = BURST + ((to - from + 1) * given.limit) / 60_000;
					expect(count + 1).toBeLessThanOrEqual(allowed + 1e-6);
				});
			});
		}),
	);
});

test('nobody waits longer than the messages before take at a pace somewhat slower', () => {
	fc.assert(
		fc.property(scenario, (given) => {
			reserveAll(given).forEach(({ askedAt, dueAt }, before) => {
				const longest = Math.max(0, before - BURST + 1) * 1.25 * (60_000 / given.limit);
				expect(dueAt - askedAt).toBeLessThanOrEqual(longest + 1);
			});
		}),
	);
});

test('after a change of pace the new one counts; 0 is no limit', () => {
	let limit = 1;
	const pacer = new Pacer({ messagesPerMinute: () => limit, now: () => 0, random: () => 0 });
	for (let n = 0; n < BURST + 5; n++) pacer.reserve();
	expect(pacer.reserve()).toBe(6 * 60_000);
	limit = 60;
	expect(pacer.reserve()).toBe(7_000);
	limit = 0;
	expect(pacer.reserve()).toBe(0);
});
