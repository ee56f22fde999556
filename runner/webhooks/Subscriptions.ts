import { randomUUID } from 'node:crypto';
import {
	createSecret,
	type CreatedSubscription,
	type CreateSubscriptionRequest,
	EVENT_NAMES,
	type EventName,
	isSecret,
	SECRET_DAMAGED,
	type SubscriptionFilters,
	type SubscriptionView,
	type UpdateSubscriptionRequest,
} from '../../contract';
import { ApiError } from '../ApiError';
import type { RotatedSecret, SubscriptionsPort } from '../http/ports';
import { isLoopbackAllowed } from './ReceiverCaller';
import { toSubscriptionKey } from './receivers/Receiver';
import { requireAllowedUrl } from './requireAllowedUrl';
import { requireFewPrevious } from './requireFewPrevious';
import { duePending, failPending, redirectPending } from './rows/outcomeRows';
import { forgetSequences } from './rows/sequenceRows';
import { rotateSubscriptionSecret } from './rows/secretRows';
import {
	deleteSubscription,
	findSubscription,
	insertSubscription,
	listSubscriptions,
	type SubscriptionRow,
	updateSubscription,
} from './rows/subscriptionRows';
import { toFailingView } from './toFailingView';
import { SECRET_OVERLAP_MS, type WebhookParts } from './WebhookParts';

/** Each event goes to all of them. Enough for the test and the production URL of fifty workflows. */
const MAX_SUBSCRIPTIONS = 100;

/** Receivers beside the five URLs, each with its own events, filters and secret. */
export class Subscriptions implements SubscriptionsPort {
	constructor(private readonly parts: WebhookParts) {}

	list(instanceId: string): SubscriptionView[] {
		return listSubscriptions(this.parts.database, instanceId).map((row) => this.toView(row));
	}

	async create(
		instanceId: string,
		request: CreateSubscriptionRequest,
	): Promise<CreatedSubscription> {
		const { guard, clock, database, directory, isEmbedded } = this.parts;
		requireAllowedUrl(guard, request.url, isLoopbackAllowed('subscription', isEmbedded));
		const secret = request.secret ?? createSecret();
		requireSecret(secret);
		const row: SubscriptionRow = {
			id: `sub_${randomUUID()}`,
			instance_id: instanceId,
			url: request.url,
			events: toEventsText(request.events),
			filters: JSON.stringify(request.filters ?? {}),
			secret,
			disabled: null,
			created_at: clock.now(),
		};
		await database.write([insertSubscription(row, MAX_SUBSCRIPTIONS)]);
		if (!findSubscription(database, instanceId, row.id)) {
			throw new ApiError('too_many_subscriptions');
		}
		directory.forget(instanceId);
		return { ...this.toView(row), secret };
	}

	get(instanceId: string, id: string): SubscriptionView {
		return this.toView(this.require(instanceId, id));
	}

	async update(
		instanceId: string,
		id: string,
		{ url, events, filters, secret }: UpdateSubscriptionRequest,
	): Promise<SubscriptionView> {
		const { guard, clock, directory, dispatcher, isEmbedded } = this.parts;
		this.require(instanceId, id);
		if (url !== undefined) {
			requireAllowedUrl(guard, url, isLoopbackAllowed('subscription', isEmbedded));
		}
		if (secret !== undefined) requireSecret(secret);
		const key = toSubscriptionKey(id);
		await dispatcher.change(instanceId, () => {
			const row = this.require(instanceId, id);
			const changed = {
				url: url ?? row.url,
				events: events ? toEventsText(events) : row.events,
				filters: filters ? JSON.stringify(filters) : row.filters,
			};
			const statements = [updateSubscription(id, changed)];
			if (secret !== undefined) {
				requireFewPrevious(directory.find(instanceId, key)?.secrets, clock.now());
				statements.push(...rotateSubscriptionSecret(id, secret, clock.now() + SECRET_OVERLAP_MS));
			}
			const isMended = row.secret === null && secret !== undefined;
			// What was held for it, and what it has failed to take at its old address, is due now.
			if (changed.url !== row.url || row.disabled !== null || isMended) {
				statements.push(redirectPending(key, changed.url, clock.now()));
			}
			return { keys: [key], statements };
		});
		return this.get(instanceId, id);
	}

	async remove(instanceId: string, id: string): Promise<void> {
		this.require(instanceId, id);
		const key = toSubscriptionKey(id);
		const { clock, dispatcher } = this.parts;
		await dispatcher.change(instanceId, () => ({
			keys: [key],
			statements: [
				deleteSubscription(id),
				failPending(key, undefined, clock.now()),
				forgetSequences(key),
			],
		}));
	}

	async rotateSecret(instanceId: string, id: string): Promise<RotatedSecret> {
		this.require(instanceId, id);
		const { clock, directory, dispatcher } = this.parts;
		const nowMs = clock.now();
		const secret = createSecret();
		const validUntil = nowMs + SECRET_OVERLAP_MS;
		const rotation = rotateSubscriptionSecret(id, secret, validUntil);
		await dispatcher.change(instanceId, () => {
			requireFewPrevious(directory.find(instanceId, toSubscriptionKey(id))?.secrets, nowMs);
			const all = directory.heldOf(instanceId).map(({ key }) => key);
			const keys = all.filter((key) => key === toSubscriptionKey(id));
			return { keys, statements: [...rotation, ...keys.map((key) => duePending(key, nowMs))] };
		});
		return { secret, previousValidUntil: new Date(validUntil).toISOString() };
	}

	private toView(row: SubscriptionRow): SubscriptionView {
		const failing = this.parts.dispatcher.failing(toSubscriptionKey(row.id));
		return {
			id: row.id,
			url: row.url,
			events: JSON.parse(row.events) as EventName[],
			filters: JSON.parse(row.filters) as SubscriptionFilters,
			disabled: row.disabled ?? (row.secret === null ? SECRET_DAMAGED : null),
			failing: toFailingView(failing),
			createdAt: new Date(row.created_at).toISOString(),
		};
	}

	private require(instanceId: string, id: string): SubscriptionRow {
		const row = findSubscription(this.parts.database, instanceId, id);
		if (!row) throw new ApiError('subscription_not_found');
		return row;
	}
}

function requireSecret(secret: string): void {
	if (isSecret(secret)) return;
	throw new ApiError('invalid_body', 'secret: whsec_ followed by 24 to 64 bytes of base64.');
}

function toEventsText(events: readonly EventName[]): string {
	return JSON.stringify(EVENT_NAMES.filter((event) => events.includes(event)));
}
