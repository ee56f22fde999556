import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';
import type { WaitOptions } from './LinkedDevice';

/** What a client says it is doing. */
export interface SeenTyping {
	/** The chat: the group, or the JID under which the client addresses the contact. */
	readonly chatJid: string;
	readonly state: string;
	/** Milliseconds since 1970. */
	readonly atMs: number;
}

/** What a contact sees of clients besides their messages: typing, and what they have read or played. */
export class ClientTraces {
	/** In the order in which it was seen. */
	readonly typing: SeenTyping[] = [];
	private readonly receipts = new Set<string>();
	private readonly changed = new Notifier();

	constructor(private readonly owner: string) {}

	/** A client types, records or stops. */
	noteTyping(seen: SeenTyping): void {
		this.typing.push(seen);
		this.changed.notify();
	}

	/** A client read or played a message. */
	noteReceipt(id: string, type: string): void {
		this.receipts.add(`${type} ${id}`);
		this.changed.notify();
	}

	/** Whether a client said so of that message. */
	hasReceipt(id: string, type: string): boolean {
		return this.receipts.has(`${type} ${id}`);
	}

	/** Resolves with the first such state from `after` on. */
	untilTyping(state: string, after: number, { timeoutMs }: WaitOptions): Promise<SeenTyping> {
		return waitUntil({
			on: this.changed,
			look: () => this.typing.slice(after).find((seen) => seen.state === state),
			describe: () => `${this.owner} to see "${state}"; seen: ${JSON.stringify(this.typing)}`,
			timeoutMs,
		});
	}

	/** Resolves when a client has said so of that message. */
	async untilReceipt(id: string, type: string, { timeoutMs }: WaitOptions): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => this.hasReceipt(id, type) || undefined,
			describe: () =>
				`a ${type} receipt for ${id} at ${this.owner}; there: ${[...this.receipts].join(', ')}`,
			timeoutMs,
		});
	}
}
