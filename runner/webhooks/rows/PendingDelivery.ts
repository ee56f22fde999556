import type { EventName } from '../../../contract';

/** A delivery that is to be attempted, with all an attempt needs. Times are Unix milliseconds. */
export interface PendingDelivery {
	/** Its place in the order of all deliveries. */
	seq: number;
	/** Its number among the receiver's events of this kind; null for those from before there were any. */
	receiverSeq: number | null;
	eventId: string;
	event: EventName;
	chat: string;
	/** The JSON text to send; null when what was stored of it is damaged. */
	body: string | null;
	/** Failed attempts so far, in this round. */
	attemptCount: number;
	/** Not to be attempted before. */
	dueAt: number;
	createdAt: number;
	/** The receiver has accepted it before. */
	isRepeat?: boolean;
}
