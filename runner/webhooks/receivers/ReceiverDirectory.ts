import { EVENT_NAMES, type EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import { readSecrets } from '../rows/secretRows';
import { listSlots, type SlotRow } from '../rows/slotRows';
import { listSubscriptions, type SubscriptionRow } from '../rows/subscriptionRows';
import { toSlotsKey, toSubscriptionKey, type Receiver, type Secrets } from './Receiver';

/** Who is told of an instance's events: read once, kept until `forget`. */
export class ReceiverDirectory {
	private readonly byInstance = new Map<string, readonly Receiver[]>();

	constructor(private readonly database: Database) {}

	receiversOf(instanceId: string): readonly Receiver[] {
		let receivers = this.byInstance.get(instanceId);
		if (!receivers) {
			receivers = this.read(instanceId);
			this.byInstance.set(instanceId, receivers);
		}
		return receivers;
	}

	find(instanceId: string, key: string): Receiver | undefined {
		return this.receiversOf(instanceId).find((receiver) => receiver.key === key);
	}

	/** The receiver that an event's slot leads to. */
	findSlot(instanceId: string, event: EventName): Receiver | undefined {
		return this.receiversOf(instanceId).find(
			({ kind, events }) => kind === 'slots' && events.has(event),
		);
	}

	/** To be called after each change of an instance's receivers or secrets. */
	forget(instanceId: string): void {
		this.byInstance.delete(instanceId);
	}

	private read(instanceId: string): Receiver[] {
		const secrets = readSecrets(this.database, instanceId);
		const slots = secrets ? toSlotReceivers(listSlots(this.database, instanceId), secrets) : [];
		return [...slots, ...listSubscriptions(this.database, instanceId).map(toSubscriptionReceiver)];
	}
}

function toSlotReceivers(slots: readonly SlotRow[], secrets: Secrets): Receiver[] {
	return [...Map.groupBy(slots, ({ url }) => url)].map(([url, group]) => {
		const instanceId = group[0]?.instance_id ?? '';
		return {
			key: toSlotsKey(instanceId, url),
			instanceId,
			kind: 'slots',
			url,
			events: new Set(group.map(({ event }) => event)),
			filters: undefined,
			secrets,
			disabled: group.find(({ disabled }) => disabled !== null)?.disabled ?? null,
		};
	});
}

function toSubscriptionReceiver(row: SubscriptionRow): Receiver {
	const events = JSON.parse(row.events) as EventName[];
	return {
		key: toSubscriptionKey(row.id),
		instanceId: row.instance_id,
		kind: 'subscription',
		url: row.url,
		events: new Set(events.length > 0 ? events : EVENT_NAMES),
		filters: JSON.parse(row.filters) as Receiver['filters'],
		secrets: {
			current: row.secret,
			previous: row.previous_secret,
			previousUntil: row.previous_secret_until,
		},
		disabled: row.disabled,
	};
}
