import type { MessageState } from '../../contract';
import type { Clock } from '../Clock';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { EventMaker } from './EventMaker';
import type { KnownMessage } from './MessageMemory';
import type { MessageRepository } from './MessageRepository';
import type { Staging } from './Staging';
import { isFurther, isNews } from './statusOrder';
import { toStatusBody, type EventOrigin } from './toEventBody';

interface StatusBookOptions {
	instanceId: string;
	messages: MessageRepository;
	events: EventMaker;
	outbox: OutboxPort;
	clock: Clock;
}

/** What became of messages: each status once per participant, never backwards. */
export class StatusBook {
	constructor(private readonly options: StatusBookOptions) {}

	/** Stages a status and its event. False when it is no news, or not to be told of this message. */
	add(
		staged: Staging,
		known: KnownMessage,
		status: MessageState,
		{ participant = null, reason }: { participant?: string | null; reason?: string } = {},
	): boolean {
		const { instanceId, messages, clock } = this.options;
		if (!known.isSent && status !== 'DELETED') return false;
		const { messageId } = known.key;
		const who = participant ?? '';
		const previous = known.statuses.get(who) ?? [];
		if (!isNews(previous, status)) return false;
		if (isFurther([...known.statuses.values()].flat(), status)) {
			staged.add(messages.setStatus(instanceId, known.key, status));
		}
		known.statuses.set(who, [...previous, status]);
		const entry = { status, participant: who, at: clock.now(), ...(reason ? { reason } : {}) };
		staged.add(messages.addStatus(instanceId, known.key, entry));
		if (status !== 'SENT' && status !== 'QUEUED') {
			const { number, chatId } = known;
			const change = { chatId, messageId, number, status, participant, reason: reason ?? null };
			const { outbox, events } = this.options;
			const toBody = (origin: EventOrigin) => toStatusBody(origin, change);
			staged.event(outbox, events.create('status', chatId, toBody));
		}
		return true;
	}
}
