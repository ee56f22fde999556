import type { Clock, Timer } from '../../Clock';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';
import { ABORTED } from '../attempt/deliverWebhook';
import type { AttemptResult } from '../attempt/AttemptResult';
import { Breaker, type Failing } from '../policy/Breaker';
import { afterAttempt, type Aftermath } from '../policy/afterAttempt';
import { isDetached } from '../policy/deliveryState';
import { recordAttempt } from '../rows/outcomeRows';
import type { PendingDelivery } from '../rows/PendingDelivery';
import { listChatHeads, listInOrder } from '../rows/pendingRows';
import { ChatOrder, type Turn } from './ChatOrder';
import { DetachedDeliveries } from './DetachedDeliveries';

/** Attempts under way at a receiver, in all. */
export const MAX_IN_FLIGHT = 8;
/** Of these, how many may be repeated ones, so that failing chats always leave room for the others. */
const MAX_RETRIES_IN_FLIGHT = 3;
const MAX_DETACHED_IN_FLIGHT = 3;

/** When the database cannot be read or written, it is tried again no sooner than this: the disk may be full. */
const STORAGE_PAUSE_MS = 5_000;

export interface LaneServices {
	database: Database;
	clock: Clock;
	scheduleS: readonly number[];
	random(): number;
	attempt(delivery: PendingDelivery, signal: AbortSignal): Promise<AttemptResult | typeof ABORTED>;
	/** A delivered one; may be written late. */
	markDelivered(statement: Statement): void;
	/** Any other outcome; resolves once it is on disk, false when it could not be written. */
	writeOutcome(statement: Statement, aftermath: Aftermath): Promise<boolean>;
	/** It was read from the database, so that its announcement is to be ignored. */
	claim(seq: number): void;
	/** It fails as a whole from now on, or no longer. */
	onBreaker(change: 'opened' | 'closed'): void;
	/** The database could not be read; it is tried again. */
	onError(error: unknown): void;
	/** Called after each attempt. */
	onSettled(): void;
	/** No attempt is under way any more, nor will be. */
	onClosed(): void;
}

/**
 * Everything one receiver waits for, and the attempts at it. Nothing is shared with other receivers
 * but the event loop: a receiver that hangs keeps its own eight attempts busy.
 */
export class ReceiverLane {
	private readonly order: ChatOrder;
	private readonly detached: DetachedDeliveries;
	private readonly breaker: Breaker;
	private readonly underWay = new Set<Promise<void>>();
	private readonly abort = new AbortController();
	private retriesInFlight = 0;
	private timer: Timer | undefined;
	private timerAt = Infinity;
	private isClosed = false;
	/** Somebody wants a detached one to be attempted. */
	private isAsked = false;

	constructor(
		readonly instanceId: string,
		readonly receiverKey: string,
		private readonly services: LaneServices,
	) {
		const { database, clock } = services;
		this.order = new ChatOrder({
			now: () => clock.now(),
			read: (chat, afterSeq, limit) => {
				const page = listInOrder(database, { receiver: receiverKey, chat, afterSeq, limit });
				for (const { seq } of page) services.claim(seq);
				return page;
			},
		});
		this.detached = new DetachedDeliveries(database, receiverKey);
		this.breaker = new Breaker({ scheduleS: services.scheduleS, now: () => clock.now() });
	}

	get isBusy(): boolean {
		if (this.underWay.size > 0) return true;
		return !this.isClosed && this.breaker.isFree(0) && this.order.hasReady;
	}

	/** Since when the receiver fails as a whole; undefined while it does not. */
	get failing(): Failing | undefined {
		return this.breaker.state;
	}

	get deliveriesInMemory(): number {
		return this.order.deliveriesInMemory;
	}

	/** Takes up what the database holds for this receiver. To be called once, before anything else. */
	load(): void {
		const heads = listChatHeads(this.services.database, this.receiverKey);
		// Else the first of them would leave their order before it is found out again whose fault it is.
		const failed = heads.filter(({ attempt_count }) => attempt_count > 0);
		this.breaker.resume(
			failed.map(({ seq, attempt_count: attempts }) => ({
				seq,
				attempts,
				isNearlyDetached: isDetached(attempts + 1),
			})),
		);
		this.order.load(heads);
		this.pump();
	}

	add(delivery: PendingDelivery): void {
		if (this.isClosed) return;
		this.order.add(delivery);
		this.pump();
	}

	/** A delivery of this receiver was detached elsewhere and is due now. */
	wake(): void {
		this.detached.expect(0);
		this.breaker.allowProbe();
		this.isAsked = true;
		this.pump();
	}

	/** Begins nothing any more; attempts under way have `graceMs` to end before they are cut off. */
	async close(graceMs: number): Promise<void> {
		this.isClosed = true;
		this.timer?.cancel();
		const cutOff = setTimeout(() => this.abort.abort(), graceMs);
		await Promise.all(this.underWay);
		clearTimeout(cutOff);
		this.services.onClosed();
	}

	/** Never throws: it is called by timers and at the end of attempts, where nobody could catch it. */
	private pump(): void {
		try {
			this.order.releaseDue();
			while (this.hasRoom() && this.startNext());
			this.armTimer(this.nextWakeAt());
		} catch (error) {
			this.services.onError(error);
			this.armTimer(this.isClosed ? Infinity : this.services.clock.now() + STORAGE_PAUSE_MS);
		}
	}

	private hasRoom(): boolean {
		const underWay = this.underWay.size;
		return !this.isClosed && underWay < MAX_IN_FLIGHT && this.breaker.isFree(underWay);
	}

	private startNext(): boolean {
		if (this.breaker.state) return this.startProbe();
		return this.startRetry() || this.startDetached() || this.startFresh();
	}

	/** Those that have lost the fewest attempts are risked first. */
	private startProbe(): boolean {
		const isAsked = this.isAsked;
		this.isAsked = false;
		if (isAsked && this.startDetached()) return true;
		return this.startFresh() || this.startRetry() || this.startDetached();
	}

	private startRetry(): boolean {
		if (this.retriesInFlight >= MAX_RETRIES_IN_FLIGHT) return false;
		const retry = this.order.takeRetry();
		if (!retry) return false;
		this.retriesInFlight += 1;
		this.run(this.attemptInOrder(retry).finally(() => (this.retriesInFlight -= 1)));
		return true;
	}

	private startDetached(): boolean {
		if (this.detached.countUnderWay >= MAX_DETACHED_IN_FLIGHT) return false;
		const alone = this.detached.take(this.services.clock.now());
		if (!alone) return false;
		this.run(this.attemptDetached(alone));
		return true;
	}

	private startFresh(): boolean {
		const fresh = this.order.takeFresh();
		if (!fresh) return false;
		this.run(this.attemptInOrder(fresh));
		return true;
	}

	private run(attempt: Promise<void>): void {
		const tracked = attempt.finally(() => {
			this.underWay.delete(tracked);
			this.pump();
			this.services.onSettled();
		});
		this.underWay.add(tracked);
	}

	private async attemptInOrder(turn: Turn): Promise<void> {
		const outcome = await this.tryAttempt(turn.delivery, false);
		if (outcome === ABORTED) return;
		if (!outcome) {
			this.order.postpone(turn, this.services.clock.now() + STORAGE_PAUSE_MS);
		} else if (outcome.state === 'pending' && !outcome.detached) {
			this.order.postpone(turn, outcome.nextAttemptAt ?? 0);
		} else {
			if (outcome.detached) this.detached.expect(outcome.nextAttemptAt ?? Infinity);
			this.order.finish(turn);
		}
	}

	private async attemptDetached(delivery: PendingDelivery): Promise<void> {
		const outcome = await this.tryAttempt(delivery, true);
		if (outcome) {
			this.detached.finish(delivery.seq);
			return;
		}
		this.services.clock.setTimer(() => {
			this.detached.finish(delivery.seq);
			this.pump();
		}, STORAGE_PAUSE_MS);
	}

	/** One attempt, and its outcome written; undefined when the database does not play along. Never rejects. */
	private async tryAttempt(
		delivery: PendingDelivery,
		wasDetached: boolean,
	): Promise<Aftermath | typeof ABORTED | undefined> {
		try {
			return await this.attempt(delivery, wasDetached);
		} catch (error) {
			this.services.onError(error);
			return undefined;
		}
	}

	private async attempt(
		delivery: PendingDelivery,
		wasDetached: boolean,
	): Promise<Aftermath | typeof ABORTED | undefined> {
		const { services } = this;
		const isProbe = this.failing !== undefined;
		const result = await services.attempt(delivery, this.abort.signal);
		if (result === ABORTED) return ABORTED;
		const change = this.breaker.record(result, delivery, isProbe);
		if (change === 'closed') this.order.releaseAll();
		if (change) services.onBreaker(change);
		const attemptsMade = delivery.attemptCount + 1;
		const aftermath = afterAttempt({
			result,
			attemptsMade,
			wasDetached,
			isReceiverFailing: this.failing !== undefined,
			scheduleS: services.scheduleS,
			nowMs: services.clock.now(),
			random: services.random(),
		});
		const statement = recordAttempt(delivery.seq, attemptsMade, result, aftermath);
		if (aftermath.outcome === 'succeeded' && !wasDetached) {
			services.markDelivered(statement);
			return aftermath;
		}
		return (await services.writeOutcome(statement, aftermath)) ? aftermath : undefined;
	}

	/** Wakes the lane when something is due that no attempt under way will wake it for. */
	private armTimer(dueAt: number): void {
		if (dueAt === this.timerAt) return;
		this.timer?.cancel();
		this.timer = undefined;
		this.timerAt = dueAt;
		if (dueAt === Infinity) return;
		const { clock } = this.services;
		this.timer = clock.setTimer(() => {
			this.timerAt = Infinity;
			this.pump();
		}, dueAt - clock.now());
	}

	private nextWakeAt(): number {
		const underWay = this.underWay.size;
		if (this.isClosed || underWay >= MAX_IN_FLIGHT) return Infinity;
		const hasRoomForDetached = this.detached.countUnderWay < MAX_DETACHED_IN_FLIGHT;
		const dueAt = Math.min(
			this.order.nextDueAt,
			hasRoomForDetached ? this.detached.nextDueAt : Infinity,
		);
		const { failing } = this;
		if (!failing) return dueAt;
		if (underWay > 0) return Infinity;
		return Math.max(this.order.hasReady ? 0 : dueAt, failing.nextProbeAt);
	}
}
