/** What was sent where, and what came of it; orders are judged chat by chat. */
export interface Tally {
	sent: number;
	arrived: number;
	/** Came again under the same `eventId`: allowed, and counted. */
	repeated: number;
	/** Came again under another id. */
	duplicated: number;
	/** Came after one that was sent later in the same chat. */
	outOfOrder: number;
	/** Arrived of those whose sender got no answer: nobody was told anything. */
	unanswered: number;
	/** Arrived although it was not sent, or its sender was told that it failed. */
	unasked: number;
}

interface Entry {
	chat: string;
	place: number;
}

/** The messages of one direction, each known by an id that its sender gives it. */
export class Ledger {
	readonly tally: Tally = {
		sent: 0,
		arrived: 0,
		repeated: 0,
		duplicated: 0,
		outOfOrder: 0,
		unanswered: 0,
		unasked: 0,
	};
	private readonly missing = new Map<string, Entry>();
	/** Those that may arrive, and may not. */
	private readonly uncertain = new Set<string>();
	/** Those that have arrived; the oldest are forgotten, as the ledger itself must not grow. */
	private readonly done = new Map<string, string | undefined>();
	private readonly sentIn = new Map<string, number>();
	private readonly arrivedIn = new Map<string, number>();

	constructor(private readonly capacity = 100_000) {}

	/** How many are still on their way. */
	get open(): number {
		return this.missing.size;
	}

	openIds(): string[] {
		return [...this.missing.keys()];
	}

	/** To be called before it is sent: it may arrive before its sender gets an answer. */
	sent(id: string, chat: string): void {
		const place = (this.sentIn.get(chat) ?? 0) + 1;
		this.sentIn.set(chat, place);
		this.tally.sent++;
		this.missing.set(id, { chat, place });
	}

	/** It was refused: nobody was promised that it arrives. */
	withdraw(id: string): void {
		if (this.missing.delete(id)) this.tally.sent--;
	}

	/** Its sender got no answer: it may arrive, and nobody was promised that it does. */
	release(id: string): void {
		if (!this.missing.has(id)) return;
		this.withdraw(id);
		this.uncertain.add(id);
	}

	arrived(id: string, eventId?: string): void {
		if (this.uncertain.delete(id)) {
			this.tally.unanswered++;
			this.done.set(id, eventId);
			return;
		}
		if (this.done.has(id)) {
			if (eventId !== undefined && this.done.get(id) === eventId) this.tally.repeated++;
			else this.tally.duplicated++;
			return;
		}
		const entry = this.missing.get(id);
		// Of another run, or withdrawn and sent all the same: the latter would be a lie.
		if (!entry) {
			this.tally.unasked++;
			return;
		}
		this.missing.delete(id);
		this.done.set(id, eventId);
		this.forgetOldest();
		this.tally.arrived++;
		const last = this.arrivedIn.get(entry.chat) ?? 0;
		if (entry.place < last) this.tally.outOfOrder++;
		else this.arrivedIn.set(entry.chat, entry.place);
	}

	private forgetOldest(): void {
		if (this.done.size <= this.capacity) return;
		const [oldest] = this.done.keys();
		if (oldest !== undefined) this.done.delete(oldest);
	}
}
