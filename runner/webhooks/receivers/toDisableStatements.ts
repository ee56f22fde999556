import type { Statement } from '../../storage/Statement';
import { holdPending } from '../rows/outcomeRows';
import { disableSlots } from '../rows/slotRows';
import { disableSubscription } from '../rows/subscriptionRows';
import type { Receiver } from './Receiver';

/** Disables a receiver and keeps what waits for it. */
export function toDisableStatements(receiver: Receiver, reason: string): Statement[] {
	const id = receiver.key.slice(receiver.key.indexOf(':') + 1);
	return [
		receiver.kind === 'slots'
			? disableSlots(receiver.instanceId, receiver.url, reason)
			: disableSubscription(id, reason),
		holdPending(receiver.key),
	];
}
