import type { Database } from '../../storage/Database';
import type { PendingDelivery } from '../rows/PendingDelivery';
import { findDueDetached, nextDetachedAt } from '../rows/pendingRows';

/**
 * The deliveries of one receiver that are in no order any more: they stay in the database until they
 * are due. One a chat is under way at a time, so that a chat that hangs does not hold up the others.
 */
export class DetachedDeliveries {
	private readonly underWay = new Map<number, string>();
	/** No delivery is due before that; it may be too early, never too late. */
	private dueAt = 0;

	constructor(
		private readonly database: Database,
		private readonly receiver: string,
	) {}

	get countUnderWay(): number {
		return this.underWay.size;
	}

	get nextDueAt(): number {
		return this.dueAt;
	}

	/** Something may be due from then on (Unix milliseconds). */
	expect(dueAt: number): void {
		this.dueAt = Math.min(this.dueAt, dueAt);
	}

	take(nowMs: number): PendingDelivery | undefined {
		if (this.dueAt > nowMs) return undefined;
		const delivery = findDueDetached(this.database, {
			receiver: this.receiver,
			nowMs,
			exceptChats: [...this.underWay.values()],
		});
		if (delivery) this.underWay.set(delivery.seq, delivery.chat);
		else this.dueAt = nextDetachedAt(this.database, this.receiver, nowMs);
		return delivery;
	}

	/** To be called once the outcome is on disk. */
	finish(seq: number): void {
		this.underWay.delete(seq);
		// Others of its chat may have been due all the time.
		this.dueAt = 0;
	}
}
