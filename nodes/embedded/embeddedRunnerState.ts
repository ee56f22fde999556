/**
 * What one process of n8n knows about the embedded runner. Several processes do this side by side;
 * the lock in the data folder decides whose child runs.
 *
 * ```
 *           wanted               unowned
 *   idle ───────────▶ looking ◀───────────▶ starting
 *                     │  ▲  ▲    yielded     │    │
 *           foundOther│  │  │lost            │    │exited
 *                     ▼  │  │                │    ▼
 *                   using┘  └── owning ◀─────┘  backingOff ──retry──▶ looking
 *                                 │  foundOwn       ▲
 *                                 └─────exited──────┘
 * ```
 * `looking` also goes to `owning` when our own child answers again, and to `backingOff` when it
 * exits. `stopped` leads back to `idle` from everywhere.
 */
export type EmbeddedRunnerState =
	/** Nobody has asked for the runner yet. */
	| 'idle'
	/** Waiting for a live runner, or for the lock to be free. */
	| 'looking'
	/** Our child was started and is not ready yet. */
	| 'starting'
	/** Our child is the runner. */
	| 'owning'
	/** Another process's child, or a runner started by hand, is the runner. */
	| 'using'
	/** Our child ended by itself; waiting before the next try. */
	| 'backingOff';

export type EmbeddedRunnerEvent =
	/** A node asks for the runner. */
	| 'wanted'
	/** Our child answers `/readyz`. */
	| 'foundOwn'
	/** Somebody else's runner answers `/readyz`. */
	| 'foundOther'
	/** Nobody holds the lock. */
	| 'unowned'
	/** Our child found the lock taken and gave way. */
	| 'yielded'
	/** Our child ended for any other reason. */
	| 'exited'
	/** The runner we know does not answer any more. */
	| 'lost'
	/** The wait after an exit is over. */
	| 'retry'
	| 'stopped';

const TRANSITIONS: Record<
	EmbeddedRunnerState,
	Partial<Record<EmbeddedRunnerEvent, EmbeddedRunnerState>>
> = {
	idle: { wanted: 'looking' },
	looking: {
		foundOwn: 'owning',
		foundOther: 'using',
		unowned: 'starting',
		exited: 'backingOff',
		stopped: 'idle',
	},
	starting: { foundOwn: 'owning', yielded: 'looking', exited: 'backingOff', stopped: 'idle' },
	owning: { lost: 'looking', exited: 'backingOff', stopped: 'idle' },
	using: { lost: 'looking', stopped: 'idle' },
	backingOff: { retry: 'looking', stopped: 'idle' },
};

/** The state an event leads to; undefined when it changes nothing. */
export function toNextState(
	state: EmbeddedRunnerState,
	event: EmbeddedRunnerEvent,
): EmbeddedRunnerState | undefined {
	return TRANSITIONS[state][event];
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** How long a runner must have been well for its next crash to count as the first. */
export const HEALTHY_AFTER_MS = 60_000;

/** How long to wait after the n-th exit in a row (from 1): 0.5 s, doubling up to 30 s. */
export function toBackoffMs(exitsInARow: number): number {
	return Math.min(FIRST_WAIT_MS * 2 ** (exitsInARow - 1), LONGEST_WAIT_MS);
}
