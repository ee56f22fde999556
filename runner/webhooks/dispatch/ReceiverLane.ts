import type { Clock, Timer } from '../../Clock';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';
import { ABORTED } from '../attempt/deliverWebhook';
import type { AttemptResult } from '../attempt/AttemptResult';
import { afterAttempt, type Aftermath } from '../policy/afterAttempt';
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

/** When an outcome cannot be written, it is tried again no sooner than this: the disk may be full. */
const STORAGE_PAUSE_MS = 5_000;

interface Outcome extends Aftermath {
	isWritten: boolean;
}

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
	private readonly underWay = new Set<Promise<void>>();
	private readonly abort = new AbortController();
	private retriesInFlight = 0;
	private timer: Timer | undefined;
	private timerAt = Infinity;
	private isClosed = false;

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
	}

	get isBusy(): boolean {
		return this.underWay.size > 0 || (!this.isClosed && this.order.hasReady);
	}

	get deliveriesInMemory(): number {
		return this.order.deliveriesInMemory;
	}

	/** Takes up what the database holds for this receiver. To be called once, before anything else. */
	load(): void {
		this.order.load(listChatHeads(this.services.database, this.receiverKey));
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

	private pump(): void {
		this.order.releaseDue();
		while (!this.isClosed && this.underWay.size < MAX_IN_FLIGHT && this.startNext());
		this.armTimer();
	}

	private startNext(): boolean {
		if (this.retriesInFlight < MAX_RETRIES_IN_FLIGHT) {
			const retry = this.order.takeRetry();
			if (retry) {
				this.retriesInFlight += 1;
				this.run(this.attemptInOrder(retry).finally(() => (this.retriesInFlight -= 1)));
				return true;
			}
		}
		if (this.detached.countUnderWay < MAX_DETACHED_IN_FLIGHT) {
			const alone = this.detached.take(this.services.clock.now());
			if (alone) {
				this.run(this.attemptDetached(alone));
				return true;
			}
		}
		const fresh = this.order.takeFresh();
		if (fresh) this.run(this.attemptInOrder(fresh));
		return fresh !== undefined;
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
		const outcome = await this.attempt(turn.delivery, false);
		if (outcome === ABORTED) return;
		if (!outcome.isWritten) {
			this.order.postpone(turn, this.services.clock.now() + STORAGE_PAUSE_MS);
		} else if (outcome.state === 'pending' && !outcome.detached) {
			this.order.postpone(turn, outcome.nextAttemptAt ?? 0);
		} else {
			if (outcome.detached) this.detached.expect(outcome.nextAttemptAt ?? Infinity);
			this.order.finish(turn);
		}
	}

	private async attemptDetached(delivery: PendingDelivery): Promise<void> {
		const outcome = await this.attempt(delivery, true);
		if (outcome === ABORTED || outcome.isWritten) {
			this.detached.finish(delivery.seq);
			return;
		}
		this.services.clock.setTimer(() => {
			this.detached.finish(delivery.seq);
			this.pump();
		}, STORAGE_PAUSE_MS);
	}

	/** One attempt, and its outcome written. */
	private async attempt(
		delivery: PendingDelivery,
		wasDetached: boolean,
	): Promise<Outcome | typeof ABORTED> {
		const { services } = this;
		const result = await services.attempt(delivery, this.abort.signal);
		if (result === ABORTED) return ABORTED;
		const attemptsMade = delivery.attemptCount + 1;
		const aftermath = afterAttempt({
			result,
			attemptsMade,
			wasDetached,
			scheduleS: services.scheduleS,
			nowMs: services.clock.now(),
			random: services.random(),
		});
		const statement = recordAttempt(delivery.seq, attemptsMade, result, aftermath);
		if (aftermath.outcome === 'succeeded' && !wasDetached) {
			services.markDelivered(statement);
			return { ...aftermath, isWritten: true };
		}
		return { ...aftermath, isWritten: await services.writeOutcome(statement, aftermath) };
	}

	/** Wakes the lane when something is due that no attempt under way will wake it for. */
	private armTimer(): void {
		const dueAt = this.nextWakeAt();
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
		if (this.isClosed || this.underWay.size >= MAX_IN_FLIGHT) return Infinity;
		const hasRoomForDetached = this.detached.countUnderWay < MAX_DETACHED_IN_FLIGHT;
		return Math.min(this.order.nextDueAt, hasRoomForDetached ? this.detached.nextDueAt : Infinity);
	}
}
