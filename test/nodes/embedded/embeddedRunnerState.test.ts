import {
	toBackoffMs,
	toNextState,
	type EmbeddedRunnerEvent,
	type EmbeddedRunnerState,
} from '../../../nodes/embedded/embeddedRunnerState';

/** Where a row of events leads from a state; events that change nothing are passed over. */
function follow(state: EmbeddedRunnerState, events: EmbeddedRunnerEvent[]): EmbeddedRunnerState {
	return events.reduce((at, event) => toNextState(at, event) ?? at, state);
}

describe('the states of the embedded runner', () => {
	it('starts a runner only when somebody wants one and nobody owns the folder', () => {
		expect(follow('idle', ['unowned', 'foundOther', 'retry'])).toBe('idle');
		expect(follow('idle', ['wanted', 'unowned', 'foundOwn'])).toBe('owning');
	});

	it('uses the runner of another process when that was quicker', () => {
		expect(follow('idle', ['wanted', 'foundOther'])).toBe('using');
		expect(follow('idle', ['wanted', 'unowned', 'yielded', 'foundOther'])).toBe('using');
	});

	it('waits before it starts a runner that ended by itself again', () => {
		expect(follow('owning', ['exited'])).toBe('backingOff');
		expect(follow('starting', ['exited', 'wanted', 'unowned'])).toBe('backingOff');
		expect(follow('backingOff', ['retry', 'unowned'])).toBe('starting');
	});

	it('takes over when the owner is gone', () => {
		expect(follow('using', ['lost', 'unowned', 'foundOwn'])).toBe('owning');
	});

	it('never takes another runner for the child it is starting', () => {
		expect(follow('starting', ['foundOther'])).toBe('starting');
	});

	it.each<EmbeddedRunnerState>(['looking', 'starting', 'owning', 'using', 'backingOff'])(
		'can be stopped while %s',
		(state) => expect(follow(state, ['stopped'])).toBe('idle'),
	);

	it('doubles the wait from half a second up to half a minute', () => {
		expect([1, 2, 3, 6, 7, 8, 100].map(toBackoffMs)).toEqual([
			500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000,
		]);
	});
});
