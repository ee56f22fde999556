import { randomUUID } from 'node:crypto';
import {
	createSecret,
	type CreatedSubscription,
	type CreateSubscriptionRequest,
	EVENT_NAMES,
	type EventName,
	isSecret,
	type SubscriptionFilters,
	type SubscriptionView,
} from '../../contract';
import { ApiError } from '../ApiError';
import type { RotatedSecret, SubscriptionsPort } from '../http/ports';
import { isLoopbackAllowed } from './ReceiverCaller';
import { toSubscriptionKey } from './receivers/Receiver';
import { requireAllowedUrl } from './requireAllowedUrl';
import { failPending } from './rows/outcomeRows';
import { rotateSubscriptionSecret } from './rows/secretRows';
import {
	deleteSubscription,
	findSubscription,
	insertSubscription,
	listSubscriptions,
	type SubscriptionRow,
} from './rows/subscriptionRows';
import { SECRET_OVERLAP_MS, type WebhookParts } from './WebhookParts';

/** Receivers beside the five URLs, each with its own events, filters and secret. */
export class Subscriptions implements SubscriptionsPort {
	constructor(private readonly parts: WebhookParts) {}

	list(instanceId: string): SubscriptionView[] {
		return listSubscriptions(this.parts.database, instanceId).map(toView);
	}

	async create(
		instanceId: string,
		request: CreateSubscriptionRequest,
	): Promise<CreatedSubscription> {
		const { guard, clock, database, directory, isEmbedded } = this.parts;
		requireAllowedUrl(guard, request.url, isLoopbackAllowed('subscription', isEmbedded));
		const secret = request.secret ?? createSecret();
		if (!isSecret(secret)) {
			throw new ApiError('invalid_body', 'secret: whsec_ followed by 24 to 64 bytes of base64.');
		}
		const row: SubscriptionRow = {
			id: `sub_${randomUUID()}`,
			instance_id: instanceId,
			url: request.url,
			events: JSON.stringify(EVENT_NAMES.filter((event) => request.events.includes(event))),
			filters: JSON.stringify(request.filters ?? {}),
			secret,
			previous_secret: null,
			previous_secret_until: null,
			disabled: null,
			created_at: clock.now(),
		};
		await database.write([insertSubscription(row)]);
		directory.forget(instanceId);
		return { ...toView(row), secret };
	}

	get(instanceId: string, id: string): SubscriptionView {
		return toView(this.require(instanceId, id));
	}

	async remove(instanceId: string, id: string): Promise<void> {
		this.require(instanceId, id);
		const key = toSubscriptionKey(id);
		await this.parts.dispatcher.change(instanceId, () => ({
			keys: [key],
			statements: [deleteSubscription(id), failPending(key, undefined)],
		}));
	}

	async rotateSecret(instanceId: string, id: string): Promise<RotatedSecret> {
		this.require(instanceId, id);
		const secret = createSecret();
		const validUntil = this.parts.clock.now() + SECRET_OVERLAP_MS;
		await this.parts.database.write([rotateSubscriptionSecret(id, secret, validUntil)]);
		this.parts.directory.forget(instanceId);
		return { secret, previousValidUntil: new Date(validUntil).toISOString() };
	}

	private require(instanceId: string, id: string): SubscriptionRow {
		const row = findSubscription(this.parts.database, instanceId, id);
		if (!row) throw new ApiError('subscription_not_found');
		return row;
	}
}

function toView(row: SubscriptionRow): SubscriptionView {
	return {
		id: row.id,
		url: row.url,
		events: JSON.parse(row.events) as EventName[],
		filters: JSON.parse(row.filters) as SubscriptionFilters,
		disabled: row.disabled,
		createdAt: new Date(row.created_at).toISOString(),
	};
}
