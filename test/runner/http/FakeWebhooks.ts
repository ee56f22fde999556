import {
	createSecret,
	EVENT_NAMES,
	type CreatedSubscription,
	type CreateSubscriptionRequest,
	type DeliveryList,
	type DeliveryView,
	type EventName,
	type RedeliverResponse,
	type SubscriptionView,
	type UpdateSubscriptionRequest,
	type WebhookConfigView,
	type WebhookTestResult,
} from '../../../contract';
import { ApiError } from '../../../runner/ApiError';
import type {
	DeliveriesPort,
	DeliveryFilter,
	DeliveryQuery,
	RotatedSecret,
	StagedSlots,
	SubscriptionsPort,
	WebhookConfigPort,
} from '../../../runner/http/ports';

const PREVIOUS_VALID_UNTIL = '2026-01-02T00:00:00.000Z';

function refuseHttp(url: string): void {
	if (!url.startsWith('https://')) throw new ApiError('https_webhook_required');
}

/** Slots in memory that judge URLs by their scheme alone. */
export class FakeWebhookConfig implements WebhookConfigPort {
	readonly urls = new Map<string, string | null>();
	readonly forgotten: string[] = [];

	read(instanceId: string): WebhookConfigView {
		const slots = EVENT_NAMES.map((event) => [
			event,
			{ URL: this.urls.get(`${instanceId}/${event}`) ?? null, disabled: null, failing: null },
		]);
		return Object.fromEntries(slots) as WebhookConfigView;
	}

	async setUrl(instanceId: string, event: EventName, url: string | null): Promise<void> {
		if (url !== null) refuseHttp(url);
		this.urls.set(`${instanceId}/${event}`, url);
	}

	stageUrls(instanceId: string, urls: Partial<Record<EventName, string | null>>): StagedSlots {
		const given = Object.entries(urls);
		for (const [, url] of given) if (url !== null) refuseHttp(url);
		return {
			statements: given.flatMap(([event, url]) =>
				url === null
					? []
					: [
							{
								sql: 'INSERT INTO webhook_slots (instance_id, event, url) VALUES (?, ?, ?)',
								params: [instanceId, event, url],
							},
						],
			),
			announce: () => {
				for (const [event, url] of given) this.urls.set(`${instanceId}/${event}`, url);
			},
		};
	}

	async test(instanceId: string, event: EventName): Promise<WebhookTestResult> {
		if (!this.urls.get(`${instanceId}/${event}`)) throw new ApiError('webhook_not_set');
		return { delivered: true, status: 200, ms: 3.5, error: null, answer: 'ok' };
	}

	async rotateSecret(): Promise<RotatedSecret> {
		return { secret: createSecret(), previousValidUntil: PREVIOUS_VALID_UNTIL };
	}

	forget(instanceId: string): void {
		this.forgotten.push(instanceId);
	}
}

/** Subscriptions in memory. */
export class FakeSubscriptions implements SubscriptionsPort {
	private readonly rows = new Map<string, SubscriptionView & { instanceId: string }>();

	list(instanceId: string): SubscriptionView[] {
		return [...this.rows.values()].filter((row) => row.instanceId === instanceId);
	}

	async create(
		instanceId: string,
		{ url, events, filters = {}, secret = createSecret() }: CreateSubscriptionRequest,
	): Promise<CreatedSubscription> {
		refuseHttp(url);
		const id = `subscription-${this.rows.size + 1}`;
		const view = {
			id,
			url,
			events,
			filters,
			disabled: null,
			failing: null,
			createdAt: PREVIOUS_VALID_UNTIL,
		};
		this.rows.set(id, { ...view, instanceId });
		return { ...view, secret };
	}

	get(instanceId: string, id: string): SubscriptionView {
		const row = this.rows.get(id);
		if (row?.instanceId !== instanceId) throw new ApiError('subscription_not_found');
		return row;
	}

	async update(
		instanceId: string,
		id: string,
		request: UpdateSubscriptionRequest,
	): Promise<SubscriptionView> {
		if (request.url !== undefined) refuseHttp(request.url);
		const row = { ...this.get(instanceId, id), ...request, instanceId };
		this.rows.set(id, row);
		return row;
	}

	async remove(instanceId: string, id: string): Promise<void> {
		this.get(instanceId, id);
		this.rows.delete(id);
	}

	async rotateSecret(instanceId: string, id: string): Promise<RotatedSecret> {
		this.get(instanceId, id);
		return { secret: createSecret(), previousValidUntil: PREVIOUS_VALID_UNTIL };
	}
}

/** One failed delivery, and what was asked about it. */
export class FakeDeliveries implements DeliveriesPort {
	readonly queries: DeliveryQuery[] = [];
	readonly filters: DeliveryFilter[] = [];

	list(_instanceId: string, query: DeliveryQuery): DeliveryList {
		this.queries.push(query);
		return { deliveries: [this.failed], next: '1' };
	}

	async redeliver(_instanceId: string, id: string): Promise<DeliveryView> {
		if (id !== this.failed.id) throw new ApiError('delivery_not_found');
		return { ...this.failed, state: 'pending' };
	}

	async redeliverMany(_instanceId: string, filter: DeliveryFilter): Promise<RedeliverResponse> {
		this.filters.push(filter);
		return { redelivered: 1, skipped: 0 };
	}

	private readonly failed: DeliveryView = {
		id: 'delivery-1',
		seq: 1,
		eventId: 'event-1',
		event: 'received',
		url: 'https://receiver.example/hook',
		state: 'failed',
		attempts: [
			{ at: PREVIOUS_VALID_UNTIL, ms: 15_000, status: null, error: 'timeout', answer: null },
			{ at: PREVIOUS_VALID_UNTIL, ms: 12, status: 500, error: null, answer: 'oops' },
		],
		createdAt: PREVIOUS_VALID_UNTIL,
		nextAttemptAt: null,
	};
}
