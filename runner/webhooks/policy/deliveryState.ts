import type { DeliveryState } from '../../../contract';

/*
 *                 succeeded                    ┌─────── redeliver ───────┐
 *   (staged) ──▶ PENDING ──────────▶ DELIVERED ┘                         │
 *                 │  ▲ │                                                 │
 *          failed │  │ │ exhausted, gone, removed, damaged, expired      │
 *    (waits again)└──┘ └──────────▶ FAILED ──── redeliver ──▶ PENDING ◀──┘
 *
 * A pending delivery is *in order* or *detached*. In order, it holds back the later ones of its chat.
 * From its third failure on, and when it is delivered again on request, it is detached: it is tried
 * by itself and its chat goes on without it. One that waits for a receiver which fails as a whole, or
 * is disabled, loses no attempt; it expires when it has been pending for as long as things are kept.
 */
export type DeliveryOutcome =
	'succeeded' | 'failed' | 'exhausted' | 'gone' | 'removed' | 'damaged' | 'expired' | 'redeliver';

const TRANSITIONS: Record<DeliveryState, Partial<Record<DeliveryOutcome, DeliveryState>>> = {
	pending: {
		succeeded: 'delivered',
		failed: 'pending',
		exhausted: 'failed',
		gone: 'failed',
		removed: 'failed',
		damaged: 'failed',
		expired: 'failed',
		redeliver: 'pending',
	},
	delivered: { redeliver: 'pending' },
	failed: { redeliver: 'pending' },
};

/** After this many failures a delivery leaves its chat's order. */
export const FAILURES_IN_ORDER = 3;

/** The state an outcome leads to; undefined when it cannot happen in this state. */
export function nextState(
	state: DeliveryState,
	outcome: DeliveryOutcome,
): DeliveryState | undefined {
	return TRANSITIONS[state][outcome];
}

export function isDetached(failures: number): boolean {
	return failures >= FAILURES_IN_ORDER;
}
