import type { BinaryNode } from '@whiskeysockets/baileys';

/** A stanza the client has not settled yet. */
export interface QueuedStanza {
	readonly node: BinaryNode;
	readonly key: string;
	/** Milliseconds since 1970 of the last time it was written to a socket; 0 if never. */
	writtenAtMs: number;
}

/** How a client settled a message: a receipt's type, an ack, or an error ack. */
export interface Settlement {
	readonly by: 'receipt' | 'ack' | 'nack';
	/** The receipt's type, or the error code of a nack. */
	readonly detail: string | undefined;
}

/** What the server keeps for one device until the client answers it: oldest first, every look-up by key. */
export class DeliveryQueue {
	private readonly stanzas = new Set<QueuedStanza>();
	private readonly byKey = new Map<string, QueuedStanza[]>();
	private readonly settlements = new Map<string, Settlement>();

	/** How many stanzas are unsettled. */
	get size(): number {
		return this.stanzas.size;
	}

	/** The unsettled stanzas, oldest first. */
	list(): QueuedStanza[] {
		return [...this.stanzas];
	}

	/** Keeps a stanza until it is settled. */
	add(node: BinaryNode): QueuedStanza {
		const stanza = { node, key: toKey(node), writtenAtMs: 0 };
		this.stanzas.add(stanza);
		const others = this.byKey.get(stanza.key);
		if (others) others.push(stanza);
		else this.byKey.set(stanza.key, [stanza]);
		return stanza;
	}

	/** How that message was settled, if it was. */
	settlementOf(messageId: string): Settlement | undefined {
		return this.settlements.get(messageId);
	}

	/** The client answered a message. `chat` tells messages with the same id apart. */
	settleMessage(id: string, chat: string | undefined, settlement: Settlement): void {
		this.settlements.set(id, settlement);
		const key = `message ${id}`;
		const candidates = this.byKey.get(key);
		if (!candidates) return;
		const at = candidates.findIndex(
			({ node: { attrs } }) => attrs.from === chat || attrs.recipient === chat,
		);
		this.remove(key, candidates, Math.max(at, 0));
	}

	/** The client acknowledged something that is no message. */
	settleOther(ack: BinaryNode): void {
		const { class: tag, id, to, type, participant } = ack.attrs;
		const key = toOtherKey(tag, id, to, type, participant);
		const candidates = this.byKey.get(key);
		if (candidates) this.remove(key, candidates, 0);
	}

	private remove(key: string, candidates: QueuedStanza[], at: number): void {
		const [settled] = candidates.splice(at, 1);
		if (settled) this.stanzas.delete(settled);
		if (candidates.length === 0) this.byKey.delete(key);
	}
}

function toKey({ tag, attrs }: BinaryNode): string {
	if (tag === 'message') return `message ${attrs.id}`;
	return toOtherKey(tag, attrs.id, attrs.from, attrs.type, attrs.participant);
}

/** An ack repeats class, id, type and participant of the stanza, and its `from` as `to`. */
const toOtherKey = (tag = '', id = '', from = '', type = '', participant = ''): string =>
	[tag, id, from, type, participant].join(' ');
