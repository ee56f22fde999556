import { INSTANCE_STATES } from '../../../contract';
import { reconnectDelay } from '../../../runner/sessions/reconnectDelay';
import { nextState, type SessionEvent } from '../../../runner/sessions/sessionState';

const walk = (...events: SessionEvent[]) => events.reduce(nextState, 'unlinked' as const);

describe('the life of a session', () => {
	test('from the first QR code to a connection that comes and goes', () => {
		expect(walk('connect')).toBe('linking');
		expect(walk('connect', 'linked')).toBe('reconnecting');
		expect(walk('connect', 'linked', 'opened')).toBe('connected');
		expect(walk('connect', 'linked', 'opened', 'lost')).toBe('reconnecting');
		expect(walk('connect', 'linked', 'opened', 'lost', 'opened')).toBe('connected');
	});

	test('codes that ran out leave it unlinked; a lost connection goes on linking', () => {
		expect(walk('connect', 'linkingFailed')).toBe('unlinked');
		expect(walk('connect', 'lost')).toBe('linking');
	});

	test.each(INSTANCE_STATES)(
		'from %s it can be logged out, banned, removed and given up',
		(state) => {
			expect(nextState(state, 'loggedOutHere')).toBe('unlinked');
			expect(nextState(state, 'removedOnPhone')).toBe('loggedOut');
			expect(nextState(state, 'banned')).toBe('blocked');
			expect(nextState(state, 'gaveUp')).toBe('stopped');
		},
	);

	test.each(['loggedOut', 'blocked', 'stopped', 'unlinked'] as const)(
		'%s is final: a late end of a connection does not bring it back',
		(state) => {
			expect(nextState(state, 'lost')).toBe(state);
			expect(nextState(state, 'opened')).toBe(state);
		},
	);
});

describe('reconnectDelay', () => {
	test('full jitter, doubling from one second to one minute', () => {
		const longest = (attempt: number) => reconnectDelay(attempt, () => 1);
		expect([0, 1, 2, 5, 6, 100].map(longest)).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
		expect(reconnectDelay(10, () => 0)).toBe(0);
	});
});
