import type { Clock } from '../Clock';
import type { Dispatcher } from './dispatch/Dispatcher';
import type { OutboxPort, OutgoingEvent, StagedEvent } from './OutboxPort';
import type { Receiver } from './receivers/Receiver';
import { matchesFilters } from './receivers/matchesFilters';
import type { ReceiverDirectory } from './receivers/ReceiverDirectory';
import type { ReceiverSequences } from './receivers/ReceiverSequences';
import { insertDelivery, insertEvent } from './rows/eventRows';
import type { PendingDelivery } from './rows/PendingDelivery';
import { toBodyText } from './toBodyText';

/** A delivery of now has its number. */
interface StagedDelivery {
	receiver: Receiver;
	delivery: PendingDelivery & { receiverSeq: number };
}

const NOBODY: StagedEvent = { statements: [], announce: () => undefined };

interface OutboxOptions {
	clock: Clock;
	directory: ReceiverDirectory;
	sequences: ReceiverSequences;
	dispatcher: Dispatcher;
	/** The highest place taken so far. */
	lastSeq: number;
	/** Wait before the first attempt. */
	firstWaitMs: number;
	ttlMs: number;
	onError(error: unknown): void;
}

/**
 * Turns events into rows. Places in the order are given here, not by the database, so that a delivery
 * can be taken up without reading it back. An event that nobody is told of leaves no row.
 */
export class Outbox implements OutboxPort {
	private seq: number;
	/** Staged but not announced yet. Whoever takes a place out of it first looks after the delivery. */
	private readonly unannounced = new Set<number>();

	constructor(private readonly options: OutboxOptions) {
		this.seq = options.lastSeq;
	}

	stage({ event: kind, instanceId, toBody, chat, includeOwn = false }: OutgoingEvent): StagedEvent {
		const { clock, directory, sequences } = this.options;
		const listeners = directory.receiversOf(instanceId).filter(({ events }) => events.has(kind));
		if (listeners.length === 0) return NOBODY;
		const body = toBody();
		const receivers = listeners.filter(({ filters }) =>
			matchesFilters(body, filters, { includeOwn }),
		);
		if (receivers.length === 0) return NOBODY;
		const createdAt = clock.now();
		const event = {
			id: body.eventId,
			instanceId,
			body: toBodyText(body),
			expiresAt: createdAt + this.options.ttlMs,
		};
		const deliveries = receivers.map((receiver) => ({
			receiver,
			delivery: {
				seq: (this.seq += 1),
				receiverSeq: sequences.next(receiver, kind),
				eventId: event.id,
				event: kind,
				chat,
				body: event.body,
				attemptCount: 0,
				dueAt: createdAt + this.options.firstWaitMs,
				createdAt,
			},
		}));
		for (const { delivery } of deliveries) this.unannounced.add(delivery.seq);
		return {
			statements: [insertEvent(event), ...deliveries.map(toInsert)],
			announce: () => {
				for (const { receiver, delivery } of deliveries) this.announce(receiver, delivery);
			},
		};
	}

	/** The delivery was read from the database: its announcement, still to come, is void. */
	claim(seq: number): void {
		this.unannounced.delete(seq);
	}

	private announce({ instanceId, key }: Receiver, delivery: PendingDelivery): void {
		if (!this.unannounced.delete(delivery.seq)) return;
		try {
			this.options.dispatcher.announce(instanceId, key, delivery);
		} catch (error) {
			// It is on disk: the next start takes it up.
			this.options.onError(error);
		}
	}
}

function toInsert({ receiver, delivery }: StagedDelivery) {
	return insertDelivery({
		seq: delivery.seq,
		eventId: delivery.eventId,
		instanceId: receiver.instanceId,
		receiver: receiver.key,
		event: delivery.event,
		chat: delivery.chat,
		url: receiver.url,
		receiverSeq: delivery.receiverSeq,
		nextAttemptAt: receiver.disabled === null ? delivery.dueAt : null,
		createdAt: delivery.createdAt,
	});
}
