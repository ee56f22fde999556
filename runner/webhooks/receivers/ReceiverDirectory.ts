import { EVENT_NAMES, SECRET_DAMAGED, type EventName } from '../../../contract';
import type { Database } from '../../storage/Database';
import { listPreviousSecrets, readSecrets } from '../rows/secretRows';
import { listSlots, type SlotRow } from '../rows/slotRows';
import { listSubscriptions, type SubscriptionRow } from '../rows/subscriptionRows';
import { toSlotsKey, toSubscriptionKey, type Receiver, type Secrets } from './Receiver';

/** Who is told of an instance's events: read once, kept until `forget`. */
export class ReceiverDirectory {
	private readonly byInstance = new Map<string, readonly Receiver[]>();

	/** Receivers whose secret does not open. */
	private readonly held = new Set<string>();

	constructor(
		private readonly database: Database,
		/** Told once of each receiver whose secret does not open. */
		private readonly onHeld?: (receiver: Receiver) => void,
	) {}

	receiversOf(instanceId: string): readonly Receiver[] {
		let receivers = this.byInstance.get(instanceId);
		if (!receivers) {
			receivers = this.read(instanceId);
			this.byInstance.set(instanceId, receivers);
			for (const receiver of receivers) this.noteHeld(receiver);
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

	/** The receivers that nothing is sent to, as their secret does not open. */
	heldOf(instanceId: string): readonly Receiver[] {
		return this.receiversOf(instanceId).filter(({ disabled }) => disabled === SECRET_DAMAGED);
	}

	/** To be called after each change of an instance's receivers or secrets. */
	forget(instanceId: string): void {
		this.byInstance.delete(instanceId);
	}

	private noteHeld(receiver: Receiver): void {
		if (receiver.disabled !== SECRET_DAMAGED) this.held.delete(receiver.key);
		else if (!this.held.has(receiver.key)) {
			this.held.add(receiver.key);
			this.onHeld?.(receiver);
		}
	}

	private read(instanceId: string): Receiver[] {
		const secrets = readSecrets(this.database, instanceId);
		const slots =
			secrets === undefined ? [] : toSlotReceivers(listSlots(this.database, instanceId), secrets);
		const previous = listPreviousSecrets(this.database, instanceId);
		const subscriptions = listSubscriptions(this.database, instanceId);
		return [
			...slots,
			...subscriptions.map((row) => toSubscriptionReceiver(row, previous.get(row.id) ?? [])),
		];
	}
}

function toSlotReceivers(slots: readonly SlotRow[], secrets: Secrets | null): Receiver[] {
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
			disabled: toDisabled(group.find(({ disabled }) => disabled !== null)?.disabled, secrets),
		};
	});
}

function toSubscriptionReceiver(row: SubscriptionRow, previous: Secrets['previous']): Receiver {
	const events = JSON.parse(row.events) as EventName[];
	const secrets = row.secret === null ? null : { current: row.secret, previous };
	return {
		key: toSubscriptionKey(row.id),
		instanceId: row.instance_id,
		kind: 'subscription',
		url: row.url,
		events: new Set(events.length > 0 ? events : EVENT_NAMES),
		filters: JSON.parse(row.filters) as Receiver['filters'],
		secrets,
		disabled: toDisabled(row.disabled, secrets),
	};
}

function toDisabled(stored: string | null | undefined, secrets: Secrets | null): string | null {
	return stored ?? (secrets === null ? SECRET_DAMAGED : null);
}
