import { toSlope } from './toSlope';

describe('the slope of the best straight line', () => {
	test('is that of the line when all points lie on one', () => {
		const points = [0, 1, 2, 5].map((x) => ({ x, y: 3 * x + 10 }));
		expect(toSlope(points).slope).toBeCloseTo(3);
		expect(toSlope(points).error).toBeCloseTo(0);
	});

	test('has an error as large as the points are scattered', () => {
		const points = [0, 1, 2, 3].map((x) => ({ x, y: x % 2 === 0 ? 1 : -1 }));
		const { slope, error } = toSlope(points);
		expect(Math.abs(slope)).toBeLessThan(2 * error);
	});

	test('is unknown for two points', () => {
		expect(
			toSlope([
				{ x: 0, y: 0 },
				{ x: 1, y: 1 },
			]).slope,
		).toBeNaN();
	});
});
