import type { EventName } from './events';

/** `PUT /api/config/:event`; `null` clears the slot. The upper-case name is the hosted service's. */
export interface SetWebhookRequest {
	URL: string | null;
}

/**
 * A receiver that fails as a whole: what comes is kept, and one delivery at a time is tried until one
 * gets through. ISO 8601.
 */
export interface FailingView {
	since: string;
	nextAttemptAt: string;
}

/** One of the five slots; `disabled` is null or why deliveries stopped: `gone` after a 410, `secret_damaged`. */
export interface WebhookSlotView {
	URL: string | null;
	disabled: string | null;
	/** null while it does not fail as a whole. */
	failing: FailingView | null;
}

/** `GET /api/config` */
export type WebhookConfigView = Record<EventName, WebhookSlotView>;

/** `POST /api/config/:event/test`: what the receiver answered to a sample. */
export interface WebhookTestResult {
	delivered: boolean;
	/** HTTP status; null when there was no answer. */
	status: number | null;
	ms: number;
	error: string | null;
	/** The first KB of the answer. */
	answer: string | null;
}

/** What a subscription wants to be told of, beyond the event's name. Empty lists mean no limit. */
export interface SubscriptionFilters {
	/** Only messages of these chats: numbers or JIDs. */
	chats?: string[];
	/** Also what the owner types on the phone. Off by default. */
	includeFromMe?: boolean;
	/** Also messages in groups. On by default. */
	includeGroups?: boolean;
	/** Also what happens to groups (`group_change`), whoever has done it. Off by default. */
	includeGroupChanges?: boolean;
}

/** `POST /api/subscriptions`; a secret (`whsec_…`) may be brought, else one is made. */
export interface CreateSubscriptionRequest {
	url: string;
	events: EventName[];
	filters?: SubscriptionFilters;
	secret?: string;
}

/**
 * `PATCH /api/subscriptions/:id`: what is given changes; it is enabled again, but for one whose secret is
 * damaged: that needs a new one.
 */
export type UpdateSubscriptionRequest = Partial<CreateSubscriptionRequest>;

/** Why a receiver is disabled whose signing secret cannot be opened any more. */
export const SECRET_DAMAGED = 'secret_damaged';

export interface SubscriptionView {
	id: string;
	url: string;
	events: EventName[];
	filters: SubscriptionFilters;
	disabled: string | null;
	failing: FailingView | null;
	createdAt: string;
}

/** 201: the secret is shown this once. */
export interface CreatedSubscription extends SubscriptionView {
	secret: string;
}

export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One try; `answer` is the first KB of what the receiver said. */
export interface DeliveryAttempt {
	at: string;
	ms: number;
	status: number | null;
	error: string | null;
	answer: string | null;
}

/** A row of `GET /api/deliveries`. Times are ISO 8601. */
export interface DeliveryView {
	id: string;
	/** Its `webhook-seq`: counts the events of one kind that this receiver is to get. */
	seq: number | null;
	eventId: string;
	event: EventName;
	url: string;
	state: DeliveryState;
	attempts: DeliveryAttempt[];
	createdAt: string;
	nextAttemptAt: string | null;
}

/** `GET /api/deliveries`, newest first; `next` is the `before` of the following page, null on the last. */
export interface DeliveryList {
	deliveries: DeliveryView[];
	next: string | null;
}

/**
 * `POST /api/deliveries/redeliver`: those of a state (failed unless it says otherwise), of an event and of
 * a time, ISO 8601, both ends included.
 */
export interface RedeliverRequest {
	state?: DeliveryState;
	event?: EventName;
	since?: string;
	until?: string;
}

export interface RedeliverResponse {
	/** How many go out again. */
	redelivered: number;
	/** How many match, but have nowhere to go: their receiver was removed. */
	skipped: number;
}
