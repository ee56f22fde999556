import type { AttemptResult } from '../attempt/AttemptResult';
import { readRetryAfter } from './readRetryAfter';

/*
 *            it fails as a whole
 *   CLOSED ──────────────────────▶ OPEN ──┐ a probe fails:
 *      ▲                            │  ▲──┘ the next one waits longer
 *      └──────── any success ───────┘
 *
 * While it is open one delivery at a time is attempted, at the pace of the schedule and every five
 * minutes while any is due; all others keep waiting and lose no attempt. Nothing is ever dropped, and
 * nothing leaves its chat's order: it is not the event that fails.
 */

/** So many failures in a row of this kind, of more than one delivery, and it is the receiver. */
const FAILURES_OF_RECEIVER = 5;
/** Of other failures the cause may lie in the event: when all of so many chats fail it does not. */
const FAILING_CHATS = 10;
/** A receiver that is well again is found out within this time. */
const MAX_PROBE_PAUSE_MS = 300_000;

/** Nothing in an event can cause these: an address that has moved, a lock, a proxy without a server. */
const STATUSES_OF_RECEIVER: ReadonlySet<number> = new Set([401, 403, 404, 405, 429, 502, 503, 504]);

/** What is seen of an open one; Unix milliseconds. */
export interface Failing {
	since: number;
	nextProbeAt: number;
}

export interface BreakerOptions {
	/** Seconds between probes, as between the attempts of one delivery. */
	scheduleS: readonly number[];
	now: () => number;
}

/** Tells a receiver that fails as a whole from events that fail. */
export class Breaker {
	private failuresOfReceiver = 0;
	private readonly deliveries = new Set<number>();
	private readonly chats = new Set<string>();
	private failing: Failing | undefined;
	private probes = 0;

	constructor(private readonly options: BreakerOptions) {}

	/** undefined while it is closed. */
	get state(): Failing | undefined {
		return this.failing;
	}

	/** Whether an attempt may begin; `underWay` counts those that have not ended. */
	isFree(underWay: number): boolean {
		const { failing } = this;
		return failing === undefined || (underWay === 0 && failing.nextProbeAt <= this.options.now());
	}

	/**
	 * Goes on after a restart, from the deliveries whose attempts have failed before it. Would the first of
	 * them leave its order with one more failure, the receiver may still fail as a whole: a success tells.
	 */
	resume(
		failed: ReadonlyArray<{ seq: number; attempts: number; isNearlyDetached: boolean }>,
	): void {
		for (const { seq, attempts } of failed) {
			this.failuresOfReceiver += attempts;
			this.deliveries.add(seq);
		}
		if (!failed.some(({ isNearlyDetached }) => isNearlyDetached)) return;
		this.failing = { since: this.options.now(), nextProbeAt: this.options.now() };
	}

	/** Somebody asks for an attempt now. */
	allowProbe(): void {
		if (this.failing) this.failing.nextProbeAt = this.options.now();
	}

	/** Takes note of an attempt, begun while it was open or before. Whether it has opened or closed by it. */
	record(
		result: AttemptResult,
		{ seq, chat }: { seq: number; chat: string },
		isProbe: boolean,
	): 'opened' | 'closed' | undefined {
		if (result.kind === 'success') return this.close();
		// Nothing has left, so nothing was learned of the receiver.
		if (result.kind === 'damaged') return undefined;
		if (this.failing) {
			if (isProbe) this.failing.nextProbeAt = this.toNextProbe(result);
			return undefined;
		}
		this.chats.add(chat);
		if (isOfReceiver(result)) {
			this.failuresOfReceiver += 1;
			if (this.deliveries.size < FAILURES_OF_RECEIVER) this.deliveries.add(seq);
		}
		const isItsOwn = this.failuresOfReceiver >= FAILURES_OF_RECEIVER && this.deliveries.size > 1;
		if (!isItsOwn && this.chats.size < FAILING_CHATS) return undefined;
		this.failing = { since: this.options.now(), nextProbeAt: this.toNextProbe(result) };
		return 'opened';
	}

	private close(): 'closed' | undefined {
		const wasOpen = this.failing !== undefined;
		this.failing = undefined;
		this.probes = 0;
		this.failuresOfReceiver = 0;
		this.deliveries.clear();
		this.chats.clear();
		return wasOpen ? 'closed' : undefined;
	}

	private toNextProbe({ retryAfter }: AttemptResult): number {
		const { scheduleS, now } = this.options;
		const nowMs = now();
		this.probes = Math.min(this.probes + 1, scheduleS.length - 1);
		const waitMs = Math.min((scheduleS[this.probes] ?? 0) * 1000, MAX_PROBE_PAUSE_MS);
		return nowMs + Math.max(waitMs, readRetryAfter(retryAfter, nowMs) ?? 0);
	}
}

function isOfReceiver({ kind, status }: AttemptResult): boolean {
	if (status !== null) return kind === 'redirect' || STATUSES_OF_RECEIVER.has(status);
	return kind === 'network' || kind === 'refused';
}
