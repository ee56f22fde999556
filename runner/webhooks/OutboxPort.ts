import type { EventName, WebhookBody } from '../../contract';
import type { Statement } from '../storage/Statement';

/** An event that is to reach every receiver of its instance. */
export interface OutgoingEvent {
	event: EventName;
	instanceId: string;
	/**
	 * Makes the complete body; its `eventId` is the `webhook-id` of every delivery. Asked once, at once,
	 * and not at all when nobody listens to such events.
	 */
	toBody: () => WebhookBody;
	/** JID of the chat, or "" for events of the instance: the unit within which order is kept. */
	chat: string;
	/** Rows that what it says depends on. */
	statements?: Statement[];
	/** Whether what the owner types on the phone also goes to receivers that have not asked for it. */
	includeOwn?: boolean;
}

/** An event's rows, to be written in the caller's own transaction. */
export interface StagedEvent {
	statements: Statement[];
	/** To be called once the statements are committed: the deliveries begin. Never throws. */
	announce(): void;
}

/** How sessions hand events over: the rows go into the same transaction as what caused them. */
export interface OutboxPort {
	stage(event: OutgoingEvent): StagedEvent;
}
