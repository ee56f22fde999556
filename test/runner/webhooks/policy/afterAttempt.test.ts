import type { AttemptResult } from '../../../../runner/webhooks/attempt/AttemptResult';
import { afterAttempt } from '../../../../runner/webhooks/policy/afterAttempt';

const NOW = Date.UTC(2026, 0, 1);
const after = (result: Partial<AttemptResult>, attemptsMade = 1, wasDetached = false) =>
	afterAttempt({
		result: {
			kind: 'server_error',
			at: NOW,
			ms: 1,
			status: 500,
			error: 'x',
			answer: '',
			retryAfter: undefined,
			...result,
		},
		attemptsMade,
		wasDetached,
		scheduleS: [0, 5, 300, 1800],
		nowMs: NOW,
		random: 0.5,
	});

describe('afterAttempt', () => {
	test('a success ends it', () => {
		expect(after({ kind: 'success', status: 204 })).toMatchObject({
			state: 'delivered',
			nextAttemptAt: null,
		});
	});

	test('a failure waits its turn in order twice, then by itself, then it has failed', () => {
		expect([1, 2, 3, 4].map((n) => after({}, n))).toMatchObject([
			{ state: 'pending', detached: false, nextAttemptAt: NOW + 5_000 },
			{ state: 'pending', detached: false, nextAttemptAt: NOW + 300_000 },
			{ state: 'pending', detached: true, nextAttemptAt: NOW + 1_800_000 },
			{ state: 'failed', nextAttemptAt: null },
		]);
	});

	test('one that was delivered again on request stays out of order', () => {
		expect(after({}, 1, true)).toMatchObject({ state: 'pending', detached: true });
	});

	test('410 ends it at once', () => {
		expect(after({ kind: 'client_error', status: 410 })).toMatchObject({
			state: 'failed',
			outcome: 'gone',
			nextAttemptAt: null,
		});
	});

	test('Retry-After puts the next attempt off', () => {
		expect(after({ status: 429, retryAfter: '60' }).nextAttemptAt).toBe(NOW + 60_000);
		expect(after({ status: 503, retryAfter: 'rubbish' }).nextAttemptAt).toBe(NOW + 5_000);
	});
});
