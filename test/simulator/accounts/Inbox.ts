import type { proto } from '@whiskeysockets/baileys';
import type { ContentFacts } from '../contents/readContent';
import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';
import type { LinkedDevice, WaitOptions } from './LinkedDevice';

/** A message of a client as a simulated phone read it. */
export interface ReceivedMessage extends ContentFacts {
	readonly id: string;
	/** The chat: the group, or the JID under which the client addressed the reader. */
	readonly chatJid: string;
	/** Text or caption; "" when there is none. */
	readonly text: string;
	readonly message: proto.IMessage;
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly device: LinkedDevice;
	/** `<message type>`: text, media, reaction, poll, … */
	readonly type: string;
	/** `<message edit>`: 1 edit, 2 pin, 7 revoke. */
	readonly edit: string | undefined;
	/** `<message category>`: peer for what a client asks its own phone. */
	readonly category: string | undefined;
}

/** The messages one phone could read, in order, each id once. */
export class Inbox {
	/** All of them. */
	readonly messages: ReceivedMessage[] = [];
	/** How often a message came again under an id that was there already. */
	duplicates = 0;
	private readonly byId = new Map<string, ReceivedMessage>();
	private readonly unclaimed = new Set<ReceivedMessage>();
	private readonly changed = new Notifier();

	constructor(private readonly owner: string) {}

	/** Adds a message; false when its id was there already. */
	add(message: ReceivedMessage): boolean {
		if (this.byId.has(message.id)) {
			this.duplicates++;
			this.changed.notify();
			return false;
		}
		this.byId.set(message.id, message);
		this.messages.push(message);
		this.unclaimed.add(message);
		this.changed.notify();
		return true;
	}

	/** The message with that id. */
	find(id: string): ReceivedMessage | undefined {
		return this.byId.get(id);
	}

	/** The oldest message that no earlier call has returned and that matches; waits for one if need be. */
	take(
		matches: (message: ReceivedMessage) => boolean = () => true,
		{ timeoutMs }: WaitOptions = {},
	): Promise<ReceivedMessage> {
		return waitUntil({
			on: this.changed,
			look: () => {
				for (const message of this.unclaimed) {
					if (!matches(message)) continue;
					this.unclaimed.delete(message);
					return message;
				}
				return undefined;
			},
			describe: () => this.describe(),
			timeoutMs,
		});
	}

	/** Resolves when at least `count` different messages are there. */
	async reach(count: number, { timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => (this.messages.length >= count ? true : undefined),
			describe: () => `${count} messages; ${this.describe()}`,
			timeoutMs,
		});
	}

	private describe(): string {
		const types = [...this.unclaimed].slice(0, 5).map(({ type, id }) => `${type} ${id}`);
		const others = types.length ? `unclaimed: ${types.join(', ')}` : 'nothing unclaimed';
		return `a matching message in the inbox of ${this.owner}; ${this.messages.length} there, ${others}`;
	}
}
