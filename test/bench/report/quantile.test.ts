import { geometricMean, mean, quantile } from '../../../bench/report/quantile';

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test('a quantile is a value that was measured, whatever the order they came in', () => {
	expect(quantile(oneToHundred, 0.5)).toBe(50);
	expect(quantile(oneToHundred, 0.99)).toBe(99);
	expect(quantile([7], 0.99)).toBe(7);
});

test('nothing measured has no quantile', () => {
	expect(quantile([], 0.5)).toBeNaN();
});

test('half as fast and twice as fast make as fast', () => {
	expect(geometricMean([0.5, 2])).toBeCloseTo(1);
	expect(mean([0.5, 2])).toBeCloseTo(1.25);
});
