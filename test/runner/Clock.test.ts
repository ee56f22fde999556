import { systemClock } from '../../runner/Clock';

const MONTH_MS = 30 * 86_400_000;

describe('systemClock', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	test('a timer of a month rings after a month, although setTimeout takes 32 bits', () => {
		let isRung = false;
		systemClock.setTimer(() => (isRung = true), MONTH_MS);
		jest.advanceTimersByTime(MONTH_MS - 1);
		expect(isRung).toBe(false);
		jest.advanceTimersByTime(1);
		expect(isRung).toBe(true);
	});

	test('a cancelled timer does not ring, also after its first stretch', () => {
		let isRung = false;
		const timer = systemClock.setTimer(() => (isRung = true), MONTH_MS);
		jest.advanceTimersByTime(MONTH_MS - 1);
		timer.cancel();
		jest.advanceTimersByTime(MONTH_MS);
		expect(isRung).toBe(false);
	});

	test('what is due already rings at once', () => {
		let isRung = false;
		systemClock.setTimer(() => (isRung = true), -5);
		jest.advanceTimersByTime(1);
		expect(isRung).toBe(true);
	});
});
