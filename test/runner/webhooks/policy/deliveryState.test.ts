import { isDetached, nextState } from '../../../../runner/webhooks/policy/deliveryState';

describe('nextState', () => {
	test('a delivery ends as delivered or failed, and only a redelivery brings it back', () => {
		expect(nextState('pending', 'succeeded')).toBe('delivered');
		expect(nextState('pending', 'failed')).toBe('pending');
		for (const outcome of ['exhausted', 'gone', 'removed'] as const) {
			expect(nextState('pending', outcome)).toBe('failed');
		}
		for (const state of ['delivered', 'failed'] as const) {
			expect(nextState(state, 'redeliver')).toBe('pending');
			for (const outcome of ['succeeded', 'failed', 'exhausted', 'gone', 'removed'] as const) {
				expect(nextState(state, outcome)).toBeUndefined();
			}
		}
	});
});

describe('isDetached', () => {
	test('the third failure lets the chat go on', () => {
		expect([1, 2, 3, 4].map(isDetached)).toEqual([false, false, true, true]);
	});
});
