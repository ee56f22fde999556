import type { EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import { lastReceiverSeq, SLOTS } from '../rows/sequenceRows';
import type { Receiver } from './Receiver';

/** Counters in memory; those not used for the longest are read again when they are. */
const MAX_COUNTERS = 10_000;

/**
 * Numbers what a receiver is to get: 1, 2, 3, … for the events of each kind, so that a receiver sees
 * what it has missed so far. A number that never comes belongs to an event that could not be stored.
 */
export class ReceiverSequences {
	private readonly counters = new Map<string, number>();

	constructor(private readonly database: Database) {}

	next({ kind, key, instanceId }: Receiver, event: EventName): number {
		const receiver = kind === 'slots' ? SLOTS : key;
		const counter = `${instanceId} ${receiver} ${event}`;
		const last =
			this.counters.get(counter) ?? lastReceiverSeq(this.database, { instanceId, receiver, event });
		this.counters.delete(counter);
		this.counters.set(counter, last + 1);
		if (this.counters.size > MAX_COUNTERS) this.forgetOldest();
		return last + 1;
	}

	private forgetOldest(): void {
		for (const counter of this.counters.keys()) {
			this.counters.delete(counter);
			return;
		}
	}
}
