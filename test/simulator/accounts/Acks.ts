/** The error the server answers a message with. */
export interface Refusal {
	/** 463, 479, … */
	readonly error: number;
}

/** How the server answers the messages to one contact: at once, later, or with an error. */
export class Acks {
	private readonly refusals: Refusal[] = [];
	private held: Array<() => void> | undefined;

	/** The next message is refused. */
	refuseNext(refusal: Refusal): void {
		this.refusals.push(refusal);
	}

	/** The refusal that is due, if any. */
	takeRefusal(): Refusal | undefined {
		return this.refusals.shift();
	}

	/** Holds acks and what follows them back, or lets all of it go. */
	hold(hold: boolean): void {
		if (hold) {
			this.held ??= [];
			return;
		}
		const held = this.held ?? [];
		this.held = undefined;
		for (const release of held) release();
	}

	/** Runs it now, or when the acks are no longer held. */
	whenFlowing(act: () => void): void {
		if (this.held) this.held.push(act);
		else act();
	}
}
