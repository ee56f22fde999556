import pino from 'pino';
import type { Clock } from '../../runner/Clock';
import { startEventSweep } from '../../runner/startEventSweep';
import type { Statement } from '../../runner/storage/Statement';

describe('startEventSweep', () => {
	test('deletes what is past its time at once and again and again, until it is cancelled', () => {
		const timers: Array<() => void> = [];
		let now = 1000;
		const clock: Clock = {
			now: () => now,
			setTimer(callback) {
				timers.push(callback);
				return { cancel: () => void timers.splice(0) };
			},
		};
		const sweptAt: number[] = [];
		const written: Statement[] = [];
		const sweep = startEventSweep({
			expireOldEvents: async (nowMs) => void sweptAt.push(nowMs),
			expiry: { now: () => now - 5, keep: () => ({ sql: 'KEEP', params: [now] }) },
			database: { writeLazily: (statements) => void written.push(...statements) },
			logger: pino({ level: 'silent' }),
			clock,
		});
		expect(sweptAt).toEqual([995]);
		now = 61_000;
		timers.shift()?.();
		expect(sweptAt).toEqual([995, 60_995]);
		expect(written.map(({ params }) => params)).toEqual([[1000], [61_000]]);
		sweep.cancel();
		expect(timers).toEqual([]);
	});
});
