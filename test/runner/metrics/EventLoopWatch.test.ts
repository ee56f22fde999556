import { setTimeout as delay } from 'node:timers/promises';
import { EventLoopWatch } from '../../../runner/metrics/EventLoopWatch';
import { FakeClock } from '../webhooks/support/FakeClock';

/** Nothing else gets a turn meanwhile. */
function block(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end;);
}

describe('EventLoopWatch', () => {
	test('sees what has held the event loop up, for twenty seconds', async () => {
		const clock = new FakeClock();
		const watch = new EventLoopWatch(clock);
		watch.start();
		await delay(50);
		for (let n = 0; n < 3; n++) {
			block(1_200);
			await delay(1);
		}
		expect(watch.lagMs()).toBeGreaterThan(1_000);
		clock.advance(10_000);
		expect(watch.lagMs()).toBeGreaterThan(1_000);
		await delay(100);
		clock.advance(10_000);
		expect(watch.lagMs()).toBeLessThan(1_000);
		watch.stop();
		expect(clock.pendingTimers).toBe(0);
	});
});
