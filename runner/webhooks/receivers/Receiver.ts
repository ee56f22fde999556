import { createHash } from 'node:crypto';
import type { EventName, SubscriptionFilters } from '../../../contract';

/** Signing secrets of a receiver. */
export interface Secrets {
	current: string;
	/** Replaced ones, the newest first; each goes on signing until its own time (Unix milliseconds). */
	previous: ReadonlyArray<{ secret: string; validUntil: number }>;
}

/**
 * Somebody who is told of events: a subscription, or the slots of an instance that share one URL.
 * Slots with the same URL are one receiver, so that its events of one chat keep their order even
 * when they are of different kinds.
 */
export interface Receiver {
	/** Unique in the runner; stands in the deliveries' rows. */
	key: string;
	instanceId: string;
	kind: 'slots' | 'subscription';
	url: string;
	events: ReadonlySet<EventName>;
	/** undefined: every event of these kinds. */
	filters: SubscriptionFilters | undefined;
	/**
	 * null when what was stored of them is damaged. Nothing is sent then: unsigned it would be refused, or
	 * worse, believed. What comes waits until the secret is replaced, or the database restored.
	 */
	secrets: Secrets | null;
	/** null, or why nothing is sent. */
	disabled: string | null;
}

export function toSlotsKey(instanceId: string, url: string): string {
	return `slots:${instanceId}:${createHash('sha256').update(url).digest('hex').slice(0, 24)}`;
}

export function toSubscriptionKey(id: string): string {
	return `subscription:${id}`;
}

/** The secrets to sign with at a moment: the current one, then those whose time is not over. */
export function validSecrets({ current, previous }: Secrets, nowMs: number): string[] {
	const valid = previous.filter(({ validUntil }) => validUntil > nowMs);
	return [current, ...valid.map(({ secret }) => secret)];
}
