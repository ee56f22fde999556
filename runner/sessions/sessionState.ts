import type { InstanceState } from '../../contract';

/**
 * The life of a session:
 *
 *              connect            linked               opened
 *   unlinked ──────────▶ linking ────────▶ reconnecting ──────▶ connected
 *      ▲  ▲                │ linkingFailed      │  ▲ connect        │
 *      │  └────────────────┘                    │  └──── lost ──────┘
 *      │                                        │
 *      │ loggedOutHere (from anywhere)          ├─ removedOnPhone ─▶ loggedOut ─ connect ─▶ linking
 *      └────────────────────────────────────────┤
 *                                               ├─ banned ─▶ blocked ─ connect ─▶ reconnecting
 *                                               └─ gaveUp ─▶ stopped ─ connect ─▶ reconnecting
 */
export type SessionEvent =
	/** Somebody wants it connected, or wants to link it. */
	| 'connect'
	/** A phone has accepted this device. */
	| 'linked'
	| 'opened'
	/** The connection has ended and will be tried again. */
	| 'lost'
	/** WhatsApp asks for a passkey before it links. */
	| 'passkeyAsked'
	/** Nobody scanned the codes, or WhatsApp did not link. */
	| 'linkingFailed'
	| 'removedOnPhone'
	| 'banned'
	/** Replaced by another process again and again, or unusable. */
	| 'gaveUp'
	| 'loggedOutHere';

const TRANSITIONS: Record<InstanceState, Partial<Record<SessionEvent, InstanceState>>> = {
	unlinked: { connect: 'linking' },
	linking: {
		linked: 'reconnecting',
		opened: 'connected',
		lost: 'linking',
		passkeyAsked: 'linking',
		linkingFailed: 'unlinked',
	},
	reconnecting: { opened: 'connected', lost: 'reconnecting' },
	connected: { lost: 'reconnecting' },
	loggedOut: { connect: 'linking' },
	blocked: { connect: 'reconnecting' },
	stopped: { connect: 'reconnecting' },
};

const FROM_ANYWHERE: Partial<Record<SessionEvent, InstanceState>> = {
	removedOnPhone: 'loggedOut',
	banned: 'blocked',
	gaveUp: 'stopped',
	loggedOutHere: 'unlinked',
};

/** The state after an event; the same state where the event means nothing. */
export function nextState(state: InstanceState, event: SessionEvent): InstanceState {
	return TRANSITIONS[state][event] ?? FROM_ANYWHERE[event] ?? state;
}
