/** Tells those who wait that something changed; they look for themselves what it was. */
export class Notifier {
	private readonly listeners = new Set<() => void>();

	/** Calls `listener` at every change until the returned function is called. */
	subscribe(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Something changed. */
	notify(): void {
		if (this.listeners.size === 0) return;
		for (const listener of [...this.listeners]) listener();
	}
}
