import type { DeliveryList, DeliveryView, EventName, RedeliverResponse } from '../../contract';
import { ApiError } from '../ApiError';
import type { DeliveriesPort, DeliveryFilter, DeliveryQuery } from '../http/ports';
import type { Receiver } from './receivers/Receiver';
import {
	type DeliveryCondition,
	type DeliveryRow,
	listDeliveries,
	listReceivers,
	redeliverTo,
	toDeliveryId,
	toDeliveryView,
	toSeq,
} from './rows/deliveryRows';
import type { WebhookParts } from './WebhookParts';

/** What became of the events, and a second chance for them. */
export class Deliveries implements DeliveriesPort {
	constructor(private readonly parts: WebhookParts) {}

	list(instanceId: string, query: DeliveryQuery): DeliveryList {
		const { limit, before, ...filter } = query;
		const beforeSeq = before === undefined ? undefined : toSeq(before);
		if (before !== undefined && beforeSeq === undefined) {
			throw new ApiError('invalid_query', 'before: give the value of next of an earlier page.');
		}
		const condition = { ...filter, instanceId, beforeSeq };
		const rows = listDeliveries(this.parts.database, condition, limit + 1);
		const page = rows.slice(0, limit);
		const last = page.at(-1);
		return {
			deliveries: page.map(toDeliveryView),
			next: rows.length > limit && last ? toDeliveryId(last.seq) : null,
		};
	}

	async redeliver(instanceId: string, id: string): Promise<DeliveryView> {
		const { seq, receiver, event, state } = this.require(instanceId, id);
		const to = this.findReceiver(instanceId, receiver, event);
		if (!to) {
			throw new ApiError(
				receiver.startsWith('slots:') ? 'webhook_not_set' : 'subscription_not_found',
			);
		}
		await this.redeliverTo(to, { instanceId, seq, receiver, state });
		return toDeliveryView(this.require(instanceId, id));
	}

	async redeliverMany(instanceId: string, filter: DeliveryFilter): Promise<RedeliverResponse> {
		const { state = 'failed', event, since, until } = filter;
		const condition = { instanceId, state, event, since, until };
		const answer = { redelivered: 0, skipped: 0 };
		for (const group of listReceivers(this.parts.database, condition)) {
			const to = this.findReceiver(instanceId, group.receiver, group.event);
			if (!to) {
				answer.skipped += group.count;
				continue;
			}
			await this.redeliverTo(to, {
				...condition,
				event: group.event,
				receiver: group.receiver,
			});
			answer.redelivered += group.count;
		}
		return answer;
	}

	/** A receiver's successor: a slot's deliveries go to the URL the slot has now. */
	private findReceiver(instanceId: string, key: string, event: EventName): Receiver | undefined {
		const { directory } = this.parts;
		return key.startsWith('slots:')
			? directory.findSlot(instanceId, event)
			: directory.find(instanceId, key);
	}

	private async redeliverTo(to: Receiver, condition: DeliveryCondition): Promise<void> {
		const { database, dispatcher, clock } = this.parts;
		const nowMs = clock.now();
		const dueAt = to.disabled === null ? nowMs : null;
		const statements = [redeliverTo(to, condition, { nowMs, dueAt })];
		if (condition.state === 'pending') {
			// Those are waiting in their lane's order, and have to be taken out of it.
			const keys = new Set([condition.receiver ?? to.key, to.key]);
			await dispatcher.change(to.instanceId, () => ({ keys: [...keys], statements }));
		} else {
			await database.write(statements);
			dispatcher.wake(to.instanceId, to.key);
		}
	}

	private require(instanceId: string, id: string): DeliveryRow {
		const seq = toSeq(id);
		const row =
			seq === undefined
				? undefined
				: listDeliveries(this.parts.database, { instanceId, seq }, 1)[0];
		if (!row) throw new ApiError('delivery_not_found');
		return row;
	}
}
