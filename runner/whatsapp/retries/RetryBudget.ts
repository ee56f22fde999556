import type { Clock } from '../../Clock';

/** As often as phones ask for one message. */
const MAX_PER_MESSAGE = 5;
/** Somebody who comes back after weeks may ask for so many messages at once, and for one more each second. */
const MAX_PER_PERSON = 300;
const REFILL_MS = 1_000;
/** So many messages and people are remembered; those of longest ago are forgotten. */
const MAX_ENTRIES = 10_000;
/** The keys of one device are not asked for more often than this. */
const KEYS_PAUSE_MS = 5_000;

/** How much may be sent again: whoever asks without end costs a bounded amount of work. */
export class RetryBudget {
	private readonly perMessage = new Map<string, number>();
	private readonly perPerson = new Map<string, { left: number; at: number }>();
	private readonly keysAskedAt = new Map<string, number>();

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	/** Takes one answer to a device from the budget of its owner; false when there is none left. */
	take({ device, person, id }: { device: string; person: string; id: string }): boolean {
		const message = `${device} ${id}`;
		const count = this.perMessage.get(message) ?? 0;
		const left = this.leftOf(person);
		if (count >= MAX_PER_MESSAGE || left < 1) return false;
		put(this.perMessage, message, count + 1);
		put(this.perPerson, person, { left: left - 1, at: this.clock.now() });
		return true;
	}

	/** Whether WhatsApp may be asked for the keys of this device now. */
	mayAskForKeys(device: string): boolean {
		const now = this.clock.now();
		const at = this.keysAskedAt.get(device);
		if (at !== undefined && Math.abs(now - at) < KEYS_PAUSE_MS) return false;
		put(this.keysAskedAt, device, now);
		return true;
	}

	private leftOf(person: string): number {
		const known = this.perPerson.get(person);
		if (!known) return MAX_PER_PERSON;
		const refilled = Math.max(0, this.clock.now() - known.at) / REFILL_MS;
		return Math.min(MAX_PER_PERSON, known.left + refilled);
	}
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
	map.delete(key);
	map.set(key, value);
	if (map.size <= MAX_ENTRIES) return;
	const [oldest] = map.keys();
	if (oldest !== undefined) map.delete(oldest);
}
