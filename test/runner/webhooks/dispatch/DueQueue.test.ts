import fc from 'fast-check';
import { DueQueue } from '../../../../runner/webhooks/dispatch/DueQueue';

describe('DueQueue', () => {
	test('gives every item once, earliest first', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
				const queue = new DueQueue<number>();
				for (const time of times) queue.push(time, time);
				const taken: number[] = [];
				for (let item; (item = queue.takeDue(100)) !== undefined;) taken.push(item);
				expect(taken).toEqual(times.sort((a, b) => a - b));
				expect(queue.nextDueAt).toBe(Infinity);
			}),
		);
	});

	test('keeps what is not due yet', () => {
		const queue = new DueQueue<string>();
		queue.push('late', 20);
		queue.push('soon', 10);
		expect(queue.nextDueAt).toBe(10);
		expect(queue.takeDue(9)).toBeUndefined();
		expect(queue.takeDue(10)).toBe('soon');
		expect(queue.takeDue(10)).toBeUndefined();
		expect(queue.nextDueAt).toBe(20);
	});
});
