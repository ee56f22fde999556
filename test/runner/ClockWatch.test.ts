import { ClockWatch } from '../../runner/ClockWatch';
import { FakeClock } from './webhooks/support/FakeClock';

describe('the watch over the clock', () => {
	const setBacks: number[] = [];
	const clock = new FakeClock();
	const watch = new ClockWatch(clock, (byMs) => setBacks.push(byMs));
	beforeAll(() => watch.start());

	test('says nothing of time that passes, of jumps forward and of small corrections', () => {
		clock.advance(10_000);
		clock.set(86_400_000);
		clock.advance(3_000);
		clock.set(-500);
		clock.advance(3_000);
		expect(setBacks).toEqual([]);
	});

	test('says by how much it was set back, once', () => {
		clock.set(-86_400_000);
		clock.advance(5_000);
		expect(setBacks).toEqual([86_400_000]);
	});

	test('is quiet when it is stopped', () => {
		watch.stop();
		expect(clock.pendingTimers).toBe(0);
	});
});
