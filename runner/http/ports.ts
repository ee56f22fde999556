import type {
	ChatList,
	ContactList,
	CreatedSubscription,
	CreateSubscriptionRequest,
	DeliveryList,
	DeliveryState,
	DeliveryView,
	EventName,
	MessageList,
	MessageView,
	RedeliverResponse,
	SubscriptionView,
	UpdateSubscriptionRequest,
	WebhookConfigView,
	WebhookTestResult,
} from '../../contract';
import type { MessageListQuery } from '../messages/MessageLookup';
import type { MessageReference } from '../messages/MessageQuery';
import type { StoredMedia } from '../messages/StoredDetails';
import type { StoredMessage } from '../messages/StoredMessage';
import type { Statement } from '../storage/Statement';

/*
 * What the routes need of the other parts. Inputs have the right JSON types when they come here;
 * what only the part can judge (is this URL allowed, does this id exist) it refuses with an ApiError.
 * Nothing is half-written: each promise resolves once all of it is on disk, or rejects with none of it.
 */

/** The secret to sign with from now on; the one before stays valid until then (ISO 8601). */
export interface RotatedSecret {
	secret: string;
	previousValidUntil: string;
}

/** Rows for the caller's own transaction, and what to do once they are committed. Never throws. */
export interface StagedSlots {
	statements: Statement[];
	announce(): void;
}

/** The five webhook URLs of an instance. */
export interface WebhookConfigPort {
	read(instanceId: string): WebhookConfigView;
	/** null clears the slot. Throws `https_webhook_required`, `webhook_address_refused`. */
	setUrl(instanceId: string, event: EventName, url: string | null): Promise<void>;
	/** The same for an instance whose row is being written: all URLs are judged, then the rows given. */
	stageUrls(instanceId: string, urls: Partial<Record<EventName, string | null>>): StagedSlots;
	/** Delivers a sample. Throws `webhook_not_set`; a receiver that fails is a result, not an error. */
	test(instanceId: string, event: EventName): Promise<WebhookTestResult>;
	rotateSecret(instanceId: string): Promise<RotatedSecret>;
	/** The instance's rows are gone (foreign keys cascade): drops what is kept in memory of it. */
	forget(instanceId: string): void;
}

/** Additional receivers of an instance. Unknown ids throw `subscription_not_found`. */
export interface SubscriptionsPort {
	list(instanceId: string): SubscriptionView[];
	/** Throws `https_webhook_required`, `webhook_address_refused`; `invalid_body` for a bad secret. */
	create(instanceId: string, request: CreateSubscriptionRequest): Promise<CreatedSubscription>;
	get(instanceId: string, id: string): SubscriptionView;
	/** What waits goes to the new URL at once. Throws like `create`. */
	update(
		instanceId: string,
		id: string,
		request: UpdateSubscriptionRequest,
	): Promise<SubscriptionView>;
	remove(instanceId: string, id: string): Promise<void>;
	rotateSecret(instanceId: string, id: string): Promise<RotatedSecret>;
}

/** How deliveries fare, over all instances. */
export interface DeliveryHealth {
	/** Age of the oldest event that a receiver has not accepted yet; 0 when there is none. */
	oldestPendingMs: number;
	/** Receivers that fail as a whole. */
	failingReceivers: number;
}

/** Times are Unix milliseconds of the delivery's creation, both ends included. */
export interface DeliveryFilter {
	state?: DeliveryState;
	event?: EventName;
	since?: number;
	until?: number;
}

/** `before` is a `next` of an earlier page, as it was given; newest first. */
export interface DeliveryQuery extends DeliveryFilter {
	/** 1 to 200 */
	limit: number;
	before?: string;
}

/** What became of the events. Unknown ids throw `delivery_not_found`, a bad `before` `invalid_query`. */
export interface DeliveriesPort {
	list(instanceId: string, query: DeliveryQuery): DeliveryList;
	/** The same bytes and the same id once more; gives the delivery as it stands then. */
	redeliver(instanceId: string, id: string): Promise<DeliveryView>;
	/** Without `state` those that failed. */
	redeliverMany(instanceId: string, filter: DeliveryFilter): Promise<RedeliverResponse>;
}

/** `before` is a `next` of an earlier page, as it was given. */
export interface PeopleQuery {
	/** Part of a name, a number or an id. */
	search?: string;
	/** 1 to 200 */
	limit: number;
	before?: string;
}

/** Whom an instance knows. A bad `before` throws `invalid_query`. */
export interface PeopleListsPort {
	/** Newest message first. */
	chats(instanceId: string, query: PeopleQuery): ChatList;
	/** Whether it is among them, by its id. */
	hasChat(instanceId: string, id: string): boolean;
	/** By name. */
	contacts(instanceId: string, query: PeopleQuery): ContactList;
}

/** Stored messages, by their id, and by their chat where it is given. */
export interface MessagesPort {
	find(instanceId: string, reference: MessageReference): MessageView | undefined;
	/** The same with what it takes to quote, forward, change or react to it. */
	findStored(instanceId: string, reference: MessageReference): StoredMessage | undefined;
	/** Newest first. A bad `before` throws `invalid_query`. */
	list(instanceId: string, query: MessageListQuery): MessageList;
	/** What is known of a file that some message has. */
	findFile(instanceId: string, sha256: string): StoredMedia | undefined;
}
